from fastapi import APIRouter

router = APIRouter(prefix="/tasks")


@router.get("/")
def list_tasks():
    return []


@router.delete("/{task_id}")
def delete_task(task_id: int):
    return None


def to_row(task):
    return {"id": task.id}
