from typing import Generic, TypeVar

from app.schemas import base
from app.schemas.base import BaseModel

T = TypeVar("T")


class UserOut(BaseModel):
    email: str


class AdminOut(UserOut, Generic[T]):
    id: str
    rights: list[str] = []


class Users(base.Page[UserOut]):
    total: int


class Worker(ThirdParty):
    name: str
