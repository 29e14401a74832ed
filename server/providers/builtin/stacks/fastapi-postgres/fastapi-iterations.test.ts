import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { createScaffoldModel } from "../../scaffold-model.ts";
import type { DrivenRun } from "../../testing/drive-scaffold.ts";
import { driveScaffold } from "../../testing/drive-scaffold.ts";
import { createTemporaryProject } from "../../testing/temporary-project.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Every Python file of every step, by step and path; compiled together at the end. */
const pythonFiles = new Map<string, string>();

let model: ReturnType<typeof createScaffoldModel>;

beforeAll(async () => {
  model = createScaffoldModel({ sourceParser: await loadSourceParser(), chunkDelayMs: 0 });
});

/** Runs one request; whatever it did not name is still the same, and every file ends as it should. */
async function change({ files, prompt }: { files: ReadonlyMap<string, string>; prompt: string }): Promise<DrivenRun> {
  const run = await driveScaffold({ model, files, prompt });
  expect(run.errors).toEqual([]);
  const named = new Set(run.changes.map(({ input }) => input["path"]));
  for (const [path, text] of files) if (!named.has(path)) expect(run.files.get(path)).toBe(text);
  for (const [path, text] of run.files) if (path.endsWith(".py")) pythonFiles.set(`${pythonFiles.size}/${path}`, text);
  return run;
}

async function changeAll({
  files,
  prompts,
}: {
  files: ReadonlyMap<string, string>;
  prompts: string[];
}): Promise<ReadonlyMap<string, string>> {
  let current = files;
  for (const prompt of prompts) {
    const run = await change({ files: current, prompt });
    expect(run.changes.length, `${prompt}: ${run.summary}`).toBeGreaterThan(0);
    current = run.files;
  }
  return current;
}

/** Paths by what happened to them. */
function listChanges({ changes }: DrivenRun): string[] {
  return changes.map(({ name, input }) => `${name.replace("_file", "")} ${String(input["path"])}`);
}

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

describe("a project made here", () => {
  let project: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const prompt =
      "A task tracker: projects have a title and an optional description; tasks have a title, an optional due date and a status, and belong to a project.";
    project = (await driveScaffold({ model, files: new Map(), prompt })).files;
    for (const [path, text] of project) if (path.endsWith(".py")) pythonFiles.set(`created/${path}`, text);
  });

  it("has its parts in their places", () => {
    expect([...project.keys()].sort()).toEqual([
      ".env.example",
      ".gitignore",
      "Dockerfile",
      "README.md",
      "alembic.ini",
      "app/__init__.py",
      "app/config.py",
      "app/database.py",
      "app/dependencies.py",
      "app/main.py",
      "app/models/__init__.py",
      "app/models/project.py",
      "app/models/task.py",
      "app/routers/__init__.py",
      "app/routers/projects.py",
      "app/routers/tasks.py",
      "app/schemas/__init__.py",
      "app/schemas/project.py",
      "app/schemas/task.py",
      "docker-compose.yml",
      "migrations/env.py",
      "migrations/script.py.mako",
      "migrations/versions/0001_create_tables.py",
      "pyproject.toml",
      "requirements.txt",
      "tests/__init__.py",
      "tests/conftest.py",
      "tests/factories.py",
      "tests/test_projects.py",
      "tests/test_tasks.py",
    ]);
  });

  it("gets a field in model, schema and migration, and nowhere else", async () => {
    const run = await change({ files: project, prompt: "Add a priority field to tasks" });
    expect(listChanges(run)).toEqual([
      "write migrations/versions/0002_add_priority_to_tasks.py",
      "edit app/models/task.py",
      "edit app/schemas/task.py",
    ]);
    expect(run.files.get("app/models/task.py")).toContain("    priority: Mapped[TaskPriority] = mapped_column(default=TaskPriority.LOW)\n");
    expect(run.files.get("app/schemas/task.py")).toContain("    priority: TaskPriority = TaskPriority.LOW\n");
    expect(run.files.get("app/schemas/task.py")).toContain("    priority: TaskPriority | None = None\n");
    expect(run.files.get("migrations/versions/0002_add_priority_to_tasks.py")).toContain('down_revision = "0001"');
  });

  it("gets a required field in the tests' payload too", async () => {
    const run = await change({ files: project, prompt: "Add a required budget to projects" });
    expect(run.files.get("tests/factories.py")).toContain('payload = {"title": "Sample title", "budget": "10.50", **fields}');
    expect(run.files.get("migrations/versions/0002_add_budget_to_projects.py")).toContain('server_default="0", nullable=False');
  });

  it("gets an entity in every layer", async () => {
    const run = await change({ files: project, prompt: "Add comments with a body and an author that belong to a task" });
    expect(listChanges(run)).toEqual([
      "write app/models/comment.py",
      "write app/routers/comments.py",
      "write app/schemas/comment.py",
      "write migrations/versions/0002_add_comments.py",
      "write tests/test_comments.py",
      "edit app/main.py",
      "edit app/models/__init__.py",
      "edit app/models/task.py",
      "edit tests/factories.py",
    ]);
    expect(run.files.get("app/main.py")).toContain("from app.routers import comments, projects, tasks\n");
    expect(run.files.get("app/main.py")).toContain("app.include_router(comments.router)\n");
    expect(run.files.get("app/models/task.py")).toContain('    comments: Mapped[list["Comment"]] = relationship(\n');
    expect(run.files.get("app/models/task.py")).toContain(
      "if TYPE_CHECKING:\n    from app.models.comment import Comment\n    from app.models.project import Project\n",
    );
    expect(run.files.get("app/models/__init__.py")).toContain('__all__ = [\n    "Comment",\n    "Project",\n    "Task",\n]');
  });

  it("gets back the schema file that it lacks, and every other file stays as it was", async () => {
    const { "app/schemas/task.py": _, ...rest } = Object.fromEntries(project);
    const run = await change({ files: new Map(Object.entries(rest)), prompt: "Add missing schema file" });
    expect(listChanges(run)).toEqual(["write app/schemas/task.py"]);
    expect(run.files.get("app/schemas/task.py")).toBe(project.get("app/schemas/task.py"));
    expect(run.files.size).toBe(project.size);
  });

  it("gets a schema file for an entity without a model, and is told so", async () => {
    const run = await change({ files: project, prompt: "Add missing schema file for comments" });
    expect(listChanges(run)).toEqual(["write app/schemas/comment.py"]);
    expect(run.summary).toContain("no model Comment");
    expect(run.summary).toContain("id, body and created_at");
  });

  it("gets the one schema that complete projects lack, once", async () => {
    const run = await change({ files: project, prompt: "Add missing schema file" });
    expect(listChanges(run)).toEqual(["write app/schemas/error.py"]);
    expect((await change({ files: run.files, prompt: "Add missing schema file" })).changes).toEqual([]);
  });

  it.each([
    ["router", "app/routers/tasks.py"],
    ["tests", "tests/test_tasks.py"],
    ["a Dockerfile", "Dockerfile"],
  ])("gets back %s as they were", async (words, path) => {
    const without = new Map([...project].filter(([name]) => name !== path));
    const main = project.get("app/main.py") ?? "";
    if (words === "router")
      without.set("app/main.py", main.replace("projects, tasks", "projects").replace("app.include_router(tasks.router)\n", ""));
    const run = await change({ files: without, prompt: `Add ${words}` });
    expect(Object.fromEntries(run.files)).toEqual(Object.fromEntries(project));
  });

  it("renames a field wherever it is named", async () => {
    const run = await change({ files: project, prompt: "Rename title to name in tasks" });
    for (const path of ["app/models/task.py", "app/schemas/task.py", "tests/test_tasks.py"])
      expect(run.files.get(path)).not.toMatch(/"title"|\btitle:/);
    expect(run.files.get("app/models/project.py")).toBe(project.get("app/models/project.py"));
    expect(run.files.get("tests/factories.py")).toContain('payload = {"name": "Sample title", **fields}');
    expect(run.files.get("migrations/versions/0002_rename_title_to_name_in_tasks.py")).toContain(
      'op.alter_column("tasks", "title", new_column_name="name")',
    );
  });

  it("loses a field with what only it needed", async () => {
    const run = await change({ files: project, prompt: "Remove the status and the due date from tasks" });
    for (const path of ["app/models/task.py", "app/schemas/task.py"])
      expect(run.files.get(path)).not.toMatch(/status|TaskStatus|due_date|import enum/i);
    expect(run.summary).toContain("drops the columns with what is stored there");
  });

  it("keeps a field that routes still use", async () => {
    const filtered = await change({ files: project, prompt: "Filter tasks by status" });
    const run = await change({ files: filtered.files, prompt: "Remove the status field from tasks" });
    expect(run.changes).toEqual([]);
    expect(run.summary).toMatch(/^status is still used in app\/routers\/tasks\.py:\d+\./);
  });

  it("is the same again after an entity came and went, but for the migrations", async () => {
    const files = await changeAll({
      files: project,
      prompts: ["Add comments with a body that belong to a task", "Remove the Comment entity"],
    });
    const withoutMigrations = [...files].filter(([path]) => !/versions\/000[23]/.test(path));
    expect(Object.fromEntries(withoutMigrations)).toEqual(Object.fromEntries(project));
  });

  it("keeps an entity that others belong to", async () => {
    const run = await change({ files: project, prompt: "Remove the Project entity" });
    expect(run.changes).toEqual([]);
    expect(run.summary).toContain("Task in app/models/task.py belongs to Project");
  });

  it("gets pagination and filters in one list route, the filters before the limit", async () => {
    const files = await changeAll({
      files: project,
      prompts: ["Add pagination to tasks and a filter by status", "Add a filter by project id to the task list"],
    });
    expect(files.get("app/routers/tasks.py")).toContain(`    statement = select(Task).order_by(Task.id)
    if status is not None:
        statement = statement.where(Task.status == status)
    if project_id is not None:
        statement = statement.where(Task.project_id == project_id)
    statement = statement.limit(limit).offset(offset)
    return session.scalars(statement).all()
`);
    const again = await change({ files, prompt: "Paginate tasks" });
    expect(again.summary).toContain("is paginated already");
  });

  it("takes a long series of requests", async () => {
    const files = await changeAll({
      files: project,
      prompts: [
        "Add a priority field to tasks and optional notes text to projects",
        "Add an Attachment entity with a file name, a size: integer and an optional url that belongs to a task",
        "Add tags with a unique name",
        "Rename file_name to name in attachments",
        "Add a boolean is_archived and a unique slug to projects",
        "Remove the priority field from tasks",
        "Paginate attachments",
        "Delete attachments",
      ],
    });
    expect(files.get("app/main.py")).toContain("from app.routers import projects, tags, tasks\n");
    expect([...files.keys()].filter((path) => path.includes("/versions/")).length).toBe(9);
  });
});

describe("an imported project of another shape", () => {
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
    const { files } = await change({ files: imported, prompt: "Add a priority field and a due date to items" });
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
    const run = await change({ files: imported, prompt: "Add comments with a body that belong to an item" });
    expect(listChanges(run).filter((line) => !line.includes("versions"))).toEqual([
      "edit app/main.py",
      "edit app/models.py",
      "edit app/schemas.py",
    ]);
    expect(run.files.get("app/models.py")).toContain('    comments = relationship(\r\n        "Comment",');
    expect(run.files.get("app/main.py")).toContain(
      '@app.post("/comments", response_model=CommentRead, status_code=201)\r\ndef create_comment(payload: CommentCreate, session: Session = Depends(get_db)) -> Comment:',
    );
    const more = await change({ files: run.files, prompt: "Add ratings with a score that belong to an item" });
    expect(more.files.get("app/main.py")?.match(/def get_or_404/g)).toHaveLength(1);
  });

  it("gets pagination and filters in its own kind of query", async () => {
    const { files } = await change({ files: imported, prompt: "Add pagination to items and a filter by owner id" });
    expect(files.get("app/main.py")).toContain(
      crlf(`    query = db.query(models.Item).order_by(models.Item.id)
    if owner_id is not None:
        query = query.filter(models.Item.owner_id == owner_id)
    query = query.limit(limit).offset(offset)
    items = query.all()
`),
    );
  });

  it("loses and renames fields in place", async () => {
    const files = await changeAll({
      files: imported,
      prompts: ["Rename description to summary in items", "Remove the title field from items"],
    });
    expect(files.get("app/models.py")).not.toMatch(/description|title/);
    expect(files.get("app/schemas.py")).toContain("    summary: Optional[str] = None\r\n");
  });
});

describe("all Python files of all steps above", () => {
  it.skipIf(!hasPython)("compile", () => {
    using temporary = createTemporaryProject();
    const paths = temporary.write(pythonFiles);
    expect(paths.length).toBeGreaterThan(100);
    const { status, stderr } = spawnSync("python3", ["-m", "py_compile", ...paths], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
