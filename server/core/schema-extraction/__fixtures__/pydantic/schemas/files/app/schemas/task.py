from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Optional

from pydantic import BaseModel, ConfigDict, EmailStr, Field

from app.schemas.project import ProjectRead


class TaskBase(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    description: Optional[str] = None
    due_date: date | None = Field(default=None, description="Last day")
    priority: Literal["low", "high"] = "low"
    labels: list[str] = Field(default_factory=list)
    estimate: Annotated[int, Field(ge=0)] = 0


class TaskCreate(TaskBase):
    project_id: int


class TaskUpdate(TaskBase):
    title: str | None = None


class TaskRead(TaskBase):
    model_config = ConfigDict(from_attributes=True)
    limit: ClassVar[int] = 5

    id: int
    owner_email: EmailStr = ...
    project: ProjectRead
    subtasks: "list[TaskRead]" = []
    _secret: Any = None


class TaskError(Exception):
    code: int = 1
