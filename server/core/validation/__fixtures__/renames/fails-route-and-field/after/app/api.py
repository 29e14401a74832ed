from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter()


class TodoIn(BaseModel):
    todo_name: str


@router.get("/todos/{todo_id}")
def get_todo(todo_id: int):
    return todo_id
