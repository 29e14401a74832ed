import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { ProjectPlan } from "#server/builtin/project-plan.ts";
import { enumColumnLength } from "./python-types.ts";
import { maxPythonLineLength, quotePython, renderNamedImport } from "./python-source.ts";

/** The files of `app/` that belong to no single entity. */
export function renderAppFiles(plan: ProjectPlan): GeneratedFile[] {
  return [
    { path: "app/__init__.py", text: `"""${plan.title} API."""\n` },
    { path: "app/main.py", text: renderMain(plan) },
    { path: "app/config.py", text: renderConfig(plan) },
    { path: "app/database.py", text: database },
    { path: "app/dependencies.py", text: dependencies },
    { path: "app/models/__init__.py", text: renderModelsIndex(plan) },
    { path: "app/schemas/__init__.py", text: `"""What the API takes and gives, one module for each entity."""\n` },
    { path: "app/routers/__init__.py", text: `"""HTTP routes, one module for each entity."""\n` },
  ];
}

function renderMain({ title, entities }: ProjectPlan): string {
  const routers = entities.map(({ names }) => names.snakePlural);
  return `"""The application: what is served, and by which router."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import IntegrityError

${renderNamedImport({ module: "app.routers", names: [...routers] })}

app = FastAPI(title=${quotePython(title)})

${routers.map((router) => `app.include_router(${router}.router)`).join("\n")}


@app.exception_handler(IntegrityError)
def answer_conflict(request: Request, error: IntegrityError) -> JSONResponse:
    """The database refused a duplicate, a broken reference or an empty field."""
    detail = "This conflicts with existing data, or a required field is null."
    return JSONResponse(status_code=409, content={"detail": detail})


@app.get("/health", tags=["health"])
def check_health() -> dict[str, str]:
    """For load balancers: the process answers."""
    return {"status": "ok"}
`;
}

function renderConfig({ slug }: ProjectPlan): string {
  const url = `"postgresql+psycopg://postgres:postgres@localhost:5432/${slug}"`;
  const oneLine = `    database_url: str = ${url}`;
  const databaseUrl =
    oneLine.length <= maxPythonLineLength || url.length + 8 > maxPythonLineLength
      ? oneLine
      : `    database_url: str = (\n        ${url}\n    )`;
  return `"""Settings, read from the environment and from a .env file."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One field for each environment variable."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

${databaseUrl}


settings = Settings()
`;
}

const database = `"""The database connection and the base class of all models."""

import enum
from collections.abc import Iterator
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from app.config import settings

engine = sa.create_engine(settings.database_url, pool_pre_ping=True)
SessionLocal = sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    """Base class of all models."""

    # Enums are stored as text, by value: a new value then needs no ALTER TYPE.
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        enum.Enum: sa.Enum(
            enum.Enum,
            native_enum=False,
            length=${enumColumnLength},
            values_callable=lambda members: [member.value for member in members],
        )
    }


def get_session() -> Iterator[Session]:
    """One session for each request, closed when the response is sent."""
    with SessionLocal() as session:
        yield session
`;

const dependencies = `"""What routes share."""

from typing import Annotated, TypeVar

from fastapi import Depends, HTTPException
from sqlalchemy.orm import Session

from app.database import Base, get_session

SessionDep = Annotated[Session, Depends(get_session)]

ModelT = TypeVar("ModelT", bound=Base)


def get_or_404(session: Session, model: type[ModelT], record_id: int) -> ModelT:
    """The record with this id; a 404 answer where there is none."""
    record = session.get(model, record_id)
    if record is None:
        raise HTTPException(status_code=404, detail=f"{model.__name__} not found")
    return record
`;

/** Alembic and SQLAlchemy only know imported models, so this module imports all of them. */
function renderModelsIndex({ entities }: ProjectPlan): string {
  const sorted = entities.map(({ names }) => names).sort((a, b) => (a.pythonModule < b.pythonModule ? -1 : 1));
  const names = sorted.map(({ className }) => className).sort();
  return `"""All models: importing this package registers them with SQLAlchemy and Alembic."""

${sorted.map(({ pythonModule, className }) => `from app.models.${pythonModule} import ${className}`).join("\n")}

__all__ = [
${names.map((name) => `    ${quotePython(name)},\n`).join("")}]
`;
}
