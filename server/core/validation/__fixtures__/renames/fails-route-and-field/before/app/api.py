from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter()


class TaskIn(BaseModel):
    task_name: str


@router.get("/tasks/{task_id}")
def get_task(task_id: int):
    return task_id
