import uuid
from datetime import datetime

from pydantic import EmailStr
from sqlalchemy import Column, DateTime, UniqueConstraint
from sqlmodel import Field, Relationship, SQLModel

from .mixins import WithId


class TeamBase(SQLModel):
    name: str = Field(index=True)


class Team(TeamBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    heroes: list["Hero"] = Relationship(back_populates="team")


class Hero(WithId, table=True):
    __table_args__ = (UniqueConstraint("name", "team_id"),)
    name: str
    team_id: int | None = Field(default=None, foreign_key="team.id")
    team: Team | None = Relationship(back_populates="heroes")
    seen_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True), unique=True))


class TeamPublic(TeamBase):
    id: int


class TeamUpdate(TeamBase):
    name: str | None = None


class Link(SQLModel, table=True):
    team_id: int = Field(foreign_key="team.id", primary_key=True)
    hero_id: uuid.UUID = Field(foreign_key="hero.id", primary_key=True)
