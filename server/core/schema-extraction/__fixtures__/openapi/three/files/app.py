from fastapi import FastAPI

app = FastAPI()


@app.get("/v1/tasks")
def list_tasks(): ...


@app.delete("/v1/tasks/{id}")
def delete_task(id: str): ...
