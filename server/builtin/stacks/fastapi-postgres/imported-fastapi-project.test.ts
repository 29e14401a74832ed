import { beforeAll, describe, expect, it } from "vitest";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { createScaffoldModel } from "#server/builtin/scaffold-model.ts";
import { compilePython, hasPython } from "#server/builtin/testing/compile-python.ts";
import { listChanges, ProjectSteps } from "#server/builtin/testing/project-steps.ts";

let steps: ProjectSteps;

beforeAll(async () => {
  steps = new ProjectSteps(createScaffoldModel({ sourceParser: await loadSourceParser(), chunkDelayMs: 0 }));
});

const importedModels = `from sqlalchemy import Boolean, Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True, index=True)
    email = Column(String, unique=True, index=True)
    is_active = Column(Boolean, default=True)

    items = relationship("Item", back_populates="owner")


class Item(Base):
    __tablename__ = "items"

    id = Column(Integer, primary_key=True, index=True)
    title = Column(String, index=True)  # shown in lists
    description = Column(String, index=True)
    owner_id = Column(Integer, ForeignKey("users.id"))

    owner = relationship("User", back_populates="items")
`;

const importedSchemas = `from typing import List, Optional

from pydantic import BaseModel


class ItemBase(BaseModel):
    title: str
    description: Optional[str] = None


class ItemCreate(ItemBase):
    pass


class Item(ItemBase):
    id: int
    owner_id: int

    class Config:
        from_attributes = True


class User(BaseModel):
    id: int
    email: str
    items: List[Item] = []
`;

const importedMain = `from typing import List

from fastapi import Depends, FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from . import models, schemas

engine = create_engine("sqlite:///./app.db")
SessionLocal = sessionmaker(bind=engine)

app = FastAPI()


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


@app.get("/items/", response_model=List[schemas.Item])
def read_items(db: Session = Depends(get_db)):
    items = db.query(models.Item).order_by(models.Item.id).all()
    return items
`;

describe("a project in three modules, with Column and CRLF", () => {
  const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
  const imported: ReadonlyMap<string, string> = new Map([
    ["app/__init__.py", ""],
    ["app/models.py", crlf(importedModels)],
    ["app/schemas.py", crlf(importedSchemas)],
    ["app/main.py", crlf(importedMain)],
    ["alembic/versions/a1b2c3d4e5f6_init.py", "revision = 'a1b2c3d4e5f6'\ndown_revision = None\n"],
    ["requirements.txt", "fastapi\n"],
  ]);

  it("gets fields in its own style and with its own line endings", async () => {
    const { files } = await steps.change({ files: imported, prompt: "Add a priority field and a due date to items" });
    const models = files.get("app/models.py") ?? "";
    expect(models).toContain(
      "    priority = Column(\r\n        Enum(ItemPriority, native_enum=False, length=32),\r\n        default=ItemPriority.LOW,\r\n        nullable=False,\r\n    )\r\n    due_date = Column(Date)\r\n    owner_id",
    );
    expect(models.replaceAll("\r\n", "")).not.toContain("\n");
    expect(files.get("app/schemas.py")).toContain("    due_date: Optional[dt.date] = None\r\n");
    const migration = [...files].find(([path]) => path.includes("add_priority"))?.[1] ?? "";
    expect(migration).toContain('down_revision = "a1b2c3d4e5f6"');
    expect(migration).toContain('server_default="LOW"');
  });

  it("gets an entity where it keeps its models, its schemas and its routes", async () => {
    const run = await steps.change({ files: imported, prompt: "Add comments with a body that belong to an item" });
    expect(listChanges(run).filter((line) => !line.includes("versions"))).toEqual([
      "edit app/main.py",
      "edit app/models.py",
      "edit app/schemas.py",
    ]);
    expect(run.files.get("app/models.py")).toContain('    comments = relationship(\r\n        "Comment",');
    expect(run.files.get("app/main.py")).toContain(
      '@app.post("/comments", response_model=CommentRead, status_code=201)\r\ndef create_comment(payload: CommentCreate, session: Session = Depends(get_db)) -> Comment:',
    );
    const more = await steps.change({ files: run.files, prompt: "Add ratings with a score that belong to an item" });
    expect(more.files.get("app/main.py")?.match(/def get_or_404/g)).toHaveLength(1);
  });

  it("gets pagination and filters in its own kind of query", async () => {
    const { files } = await steps.change({
      files: imported,
      prompt: "Add pagination to items and a filter by owner id",
    });
    expect(files.get("app/main.py")).toContain(
      crlf(`    query = db.query(models.Item).order_by(models.Item.id)
    if owner_id is not None:
        query = query.filter(models.Item.owner_id == owner_id)
    query = query.limit(limit).offset(offset)
    items = query.all()
`),
    );
  });

  it("removes and renames fields in place", async () => {
    const files = await steps.changeAll({
      files: imported,
      prompts: ["Rename description to summary in items", "Remove the title field from items"],
    });
    expect(files.get("app/models.py")).not.toMatch(/description|title/);
    expect(files.get("app/schemas.py")).toContain("    summary: Optional[str] = None\r\n");
  });
});

const packagedProject: ReadonlyMap<string, string> = new Map([
  ["backend/app/__init__.py", ""],
  ["backend/app/api/__init__.py", ""],
  [
    "backend/app/api/deps.py",
    `from typing import Annotated, Generator

from fastapi import Depends
from sqlalchemy.orm import Session

from app.db import SessionLocal


def get_db() -> Generator[Session, None, None]:
    with SessionLocal() as session:
        yield session


DbSession = Annotated[Session, Depends(get_db)]
`,
  ],
  [
    "backend/app/api/router.py",
    `from fastapi import APIRouter

from app.api.routes import items

api_router = APIRouter()
api_router.include_router(items.router, prefix="/items", tags=["items"])
`,
  ],
  ["backend/app/api/routes/__init__.py", ""],
  [
    "backend/app/api/routes/items.py",
    `from fastapi import APIRouter
from sqlalchemy import select

from app.api.deps import DbSession
from app.models import Item
from app.schemas.item import ItemCreate, ItemOut

router = APIRouter()


@router.get("/", response_model=list[ItemOut])
def list_items(db: DbSession):
    return db.execute(select(Item).order_by(Item.id)).scalars().all()


@router.post("/", response_model=ItemOut)
def create_item(item_in: ItemCreate, db: DbSession):
    item = Item(title=item_in.title, note=item_in.note, owner_id=item_in.owner_id)
    db.add(item)
    db.commit()
    return item
`,
  ],
  [
    "backend/app/db.py",
    `from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import StaticPool

engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
SessionLocal = sessionmaker(bind=engine)
`,
  ],
  [
    "backend/app/main.py",
    `from fastapi import FastAPI

from app.api.router import api_router
from app.db import engine
from app.models import Owner
from app.models.base import Base

Base.metadata.create_all(engine)
app = FastAPI()
app.include_router(api_router, prefix="/api")
`,
  ],
  [
    "backend/app/models/__init__.py",
    `from .item import Item
from .owner import Owner

__all__ = ["Item", "Owner"]
`,
  ],
  [
    "backend/app/models/base.py",
    `from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass
`,
  ],
  [
    "backend/app/models/item.py",
    `from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Optional

from sqlalchemy import DateTime, ForeignKey, String, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base

if TYPE_CHECKING:
    from app.models.owner import Owner


class Item(Base):
    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    note: Mapped[Optional[str]]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    created_at: Mapped[datetime] = mapped_column(DateTime, server_default=func.now())

    owner: Mapped[Owner] = relationship(back_populates="items")

    def __repr__(self) -> str:
        return f"<Item {self.title}>"
`,
  ],
  [
    "backend/app/models/owner.py",
    `from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base


class Owner(Base):
    __tablename__ = "owner"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)

    items: Mapped[list["Item"]] = relationship(back_populates="owner")
`,
  ],
  ["backend/app/schemas/__init__.py", ""],
  [
    "backend/app/schemas/item.py",
    `from typing import Optional

from pydantic import BaseModel


class ItemCreate(BaseModel):
    title: str
    note: Optional[str] = None
    owner_id: int


class ItemUpdate(BaseModel):
    title: Optional[str] = None
    note: Optional[str] = None


class ItemOut(BaseModel):
    id: int
    title: str
    note: Optional[str]

    model_config = {"from_attributes": True}
`,
  ],
]);

describe("a project below backend/, with a package per layer and nested routers", () => {
  it("gets an entity in its packages, its lists and its list of routers", async () => {
    const run = await steps.change({
      files: packagedProject,
      prompt: "Add comments with a body and an optional rating: integer that belong to an item",
    });
    expect(listChanges(run)).toEqual([
      "write backend/app/api/routes/comments.py",
      "write backend/app/models/comment.py",
      "write backend/app/schemas/comment.py",
      "edit backend/app/api/router.py",
      "edit backend/app/models/__init__.py",
      "edit backend/app/models/item.py",
    ]);
    expect(run.files.get("backend/app/models/__init__.py")).toBe(
      'from .comment import Comment\nfrom .item import Item\nfrom .owner import Owner\n\n__all__ = ["Comment", "Item", "Owner"]\n',
    );
    expect(run.files.get("backend/app/models/comment.py")).toContain(
      "    rating: Mapped[Optional[int]] = mapped_column(Integer)\n",
    );
    expect(run.files.get("backend/app/models/comment.py")).toContain('ForeignKey("item.id", ondelete="CASCADE")');
    expect(run.files.get("backend/app/api/router.py")).toContain("from app.api.routes import comments, items\n");
    expect(run.files.get("backend/app/api/router.py")).toContain("api_router.include_router(comments.router)\n");
  });

  it("gets the missing schema, routes and tests, and the tests call the routes at their URL", async () => {
    const files = await steps.changeAll({
      files: packagedProject,
      prompts: ["Add missing schema", "Add missing router", "Add tests"],
    });
    expect(files.get("backend/app/schemas/owner.py")).toContain("class OwnerRead(OwnerBase):");
    expect(files.get("backend/app/schemas/owner.py")).not.toContain("created_at");
    expect(files.get("backend/tests/test_owners.py")).toContain('client.post("/api/owners", json=payload)');
    expect(files.get("backend/tests/conftest.py")).toContain("from app.api.deps import get_db\n");
    expect(files.has("backend/tests/test_items.py")).toBe(false);
  });

  it("gets a filter if the query is one expression", async () => {
    const { files } = await steps.change({ files: packagedProject, prompt: "Filter items by owner id" });
    expect(files.get("backend/app/api/routes/items.py")).toContain(`    statement = select(Item).order_by(Item.id)
    if owner_id is not None:
        statement = statement.where(Item.owner_id == owner_id)
    return db.execute(statement).scalars().all()
`);
  });

  it("renames a field in code that uses it", async () => {
    const { files } = await steps.change({ files: packagedProject, prompt: "Rename note to remark in items" });
    expect(files.get("backend/app/api/routes/items.py")).toContain("remark=item_in.remark");
    expect(files.get("backend/app/models/item.py")).toContain("    remark: Mapped[Optional[str]]\n");
  });
});

describe("all Python files of all steps above", () => {
  it.skipIf(!hasPython)("compile", () => {
    const { fileCount, problems } = compilePython(steps.results);
    expect(fileCount).toBeGreaterThan(15);
    expect(problems).toBe("");
  });
});
