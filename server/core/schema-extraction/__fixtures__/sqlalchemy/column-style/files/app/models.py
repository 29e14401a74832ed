import enum

from sqlalchemy import Boolean, Column, DateTime, Enum, ForeignKey, Integer, Numeric, String, Text, func
from sqlalchemy.orm import relationship

from .database import Base


class TaskStatus(str, enum.Enum):
    TODO = "todo"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class Project(Base):
    __tablename__ = "projects"

    id = Column(Integer, primary_key=True, index=True)
    title = Column(String(200), nullable=False)
    slug = Column("project_slug", String(80), unique=True, nullable=False)
    description = Column(Text)
    budget = Column(Numeric(10, 2), default=0)

    tasks = relationship("Task", back_populates="project", cascade="all, delete-orphan")

    def __repr__(self) -> str:
        return f"<Project {self.title}>"


class Task(Base):
    __tablename__ = "tasks"
    __table_args__ = {"comment": "Things to do"}

    id = Column(Integer, primary_key=True)
    title = Column(String(200), nullable=False)
    is_done = Column(Boolean, nullable=False, default=False)
    status = Column(Enum(TaskStatus), nullable=False, default=TaskStatus.TODO)
    created_at = Column(DateTime(timezone=True), server_default=func.now(), nullable=False)
    project_id = Column(Integer, ForeignKey("projects.id", ondelete="CASCADE"), nullable=False)

    project = relationship("Project", back_populates="tasks")
