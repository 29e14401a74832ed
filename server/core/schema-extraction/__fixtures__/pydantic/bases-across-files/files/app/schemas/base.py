from pydantic import BaseModel as PydanticModel


class BaseModel(PydanticModel):
    id: int


class Page[T](BaseModel):
    items: list[T]
