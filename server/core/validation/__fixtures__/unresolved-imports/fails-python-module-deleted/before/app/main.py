from app.crud import list_tasks

print(list_tasks())
