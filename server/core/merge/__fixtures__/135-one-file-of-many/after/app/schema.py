class Task:
    title: str
