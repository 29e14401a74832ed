from app.schemas.base import BaseModel


class FakeUser(BaseModel):
    name: str
