from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from typing import Optional

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base


class Priority(StrEnum):
    LOW = auto()
    HIGH = auto()


class TimestampMixin:
    created_at: Mapped[date] = mapped_column(sa.DateTime, server_default=sa.func.now())


class Task(TimestampMixin, Base):
    __tablename__ = "tasks"

    id: Mapped[int] = orm.mapped_column(primary_key=True)
    due_date: Mapped[Optional[date]] = mapped_column()
    estimate: Mapped[Decimal] = mapped_column(sa.Numeric(8, 2), nullable=True)
    priority: Mapped[Priority] = mapped_column(default=Priority.LOW)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("projects.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tasks.id"))

    project: Mapped["Project"] = relationship(back_populates="tasks")
    subtasks: Mapped[list["Task"]] = relationship()
