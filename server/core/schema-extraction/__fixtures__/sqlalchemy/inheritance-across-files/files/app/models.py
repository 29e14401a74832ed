import enum

from sqlalchemy import Enum, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
import sqlalchemy.orm as so

from app.db import ModelBase
from app.db import base as core


class User(ModelBase):
    class Role(enum.Enum):
        ADMIN = "admin"
        MEMBER = "member"

    email: Mapped[str] = mapped_column(String(120), unique=True)
    notes: so.WriteOnlyMapped["Note"] = so.relationship(back_populates="owner")
    logins: so.DynamicMapped["Login"]


class Auditable(ModelBase):
    __abstract__ = True

    audited_by: Mapped[str]


class Note(core.OwnedMixin, Auditable):
    __tablename__ = "notes"
    __table_args__ = (
        UniqueConstraint("slug", "owner_id", name="uq_slug"),
        Index("ix_notes_title", "title"),
        {"schema": "app"},
    )

    slug: Mapped[str]
    title: Mapped[str] = mapped_column(String(80))
    state = mapped_column(Enum("draft", "live", name="note_state"), nullable=False)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)


class Login(Auditable):
    address: Mapped[str]


class Plain(core.OwnedMixin):
    rank: Mapped[int]


class Cycle(Cycle):
    size: Mapped[int]
