import pydantic

from app.schemas.base import ApiModel


class ProjectRead(ApiModel):
    id: int
    title: str


class Empty(ApiModel):
    pass


class Service(Other):
    name: str
