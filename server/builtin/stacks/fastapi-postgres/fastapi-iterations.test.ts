import { beforeAll, describe, expect, it } from "vitest";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { createScaffoldModel } from "#server/builtin/scaffold-model.ts";
import { compilePython, hasPython } from "#server/builtin/testing/compile-python.ts";
import { listChanges, ProjectSteps } from "#server/builtin/testing/project-steps.ts";

let steps: ProjectSteps;

beforeAll(async () => {
  steps = new ProjectSteps(createScaffoldModel({ sourceParser: await loadSourceParser(), chunkDelayMs: 0 }));
});

describe("a generated project", () => {
  let project: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const prompt =
      "A task tracker: projects have a title and an optional description; tasks have a title, an optional due date and a status, and belong to a project.";
    project = await steps.create({ prompt, techStack: "fastapi_postgres" });
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
    const run = await steps.change({ files: project, prompt: "Add a priority field to tasks" });
    expect(listChanges(run)).toEqual([
      "write migrations/versions/0002_add_priority_to_tasks.py",
      "edit app/models/task.py",
      "edit app/schemas/task.py",
    ]);
    expect(run.files.get("app/models/task.py")).toContain(
      "    priority: Mapped[TaskPriority] = mapped_column(default=TaskPriority.LOW)\n",
    );
    expect(run.files.get("app/schemas/task.py")).toContain("    priority: TaskPriority = TaskPriority.LOW\n");
    expect(run.files.get("app/schemas/task.py")).toContain("    priority: TaskPriority | None = None\n");
    expect(run.files.get("migrations/versions/0002_add_priority_to_tasks.py")).toContain('down_revision = "0001"');
  });

  it("gets a required field in the tests' payload too", async () => {
    const run = await steps.change({ files: project, prompt: "Add a required budget to projects" });
    expect(run.files.get("tests/factories.py")).toContain(
      'payload = {"title": "Sample title", "budget": "10.50", **fields}',
    );
    expect(run.files.get("migrations/versions/0002_add_budget_to_projects.py")).toContain(
      'server_default="0", nullable=False',
    );
  });

  it("gets an entity in every layer", async () => {
    const run = await steps.change({
      files: project,
      prompt: "Add comments with a body and an author that belong to a task",
    });
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
    expect(run.files.get("app/models/__init__.py")).toContain(
      '__all__ = [\n    "Comment",\n    "Project",\n    "Task",\n]',
    );
  });

  it("gets an entity that refers to itself", async () => {
    const { files } = await steps.change({
      files: project,
      prompt: "Add categories with a name and a parent category",
    });
    expect(files.get("app/models/category.py")).toContain(
      '    parent: Mapped["Category | None"] = relationship(\n        remote_side=[id],',
    );
  });

  it("avoids a name that a new relation would take", async () => {
    const files = await steps.changeAll({ files: project, prompts: ["Add notes text to tasks"] });
    const run = await steps.change({ files, prompt: "Add a Note entity with a body that belongs to a task" });
    expect(run.changes).toEqual([]);
    expect(run.summary).toMatch(/^Task has notes already, in app\/models\/task\.py:\d+/);
  });

  it("gets back a missing schema file, and every other file is unchanged", async () => {
    const { "app/schemas/task.py": _, ...rest } = Object.fromEntries(project);
    const run = await steps.change({ files: new Map(Object.entries(rest)), prompt: "Add missing schema file" });
    expect(listChanges(run)).toEqual(["write app/schemas/task.py"]);
    expect(run.files.get("app/schemas/task.py")).toBe(project.get("app/schemas/task.py"));
    expect(run.files.size).toBe(project.size);
  });

  it("gets a schema file for an entity without a model, and the answer says so", async () => {
    const run = await steps.change({ files: project, prompt: "Add missing schema file for comments" });
    expect(listChanges(run)).toEqual(["write app/schemas/comment.py"]);
    expect(run.summary).toContain("no model Comment");
    expect(run.summary).toContain("id, body and created_at");
  });

  it("gets the one schema that generated projects lack, once", async () => {
    const run = await steps.change({ files: project, prompt: "Add missing schema file" });
    expect(listChanges(run)).toEqual(["write app/schemas/error.py"]);
    expect((await steps.change({ files: run.files, prompt: "Add missing schema file" })).changes).toEqual([]);
  });

  it.each([
    ["router", "app/routers/tasks.py"],
    ["tests", "tests/test_tasks.py"],
    ["a Dockerfile", "Dockerfile"],
  ])("gets back %s unchanged", async (words, path) => {
    const without = new Map([...project].filter(([name]) => name !== path));
    const main = project.get("app/main.py") ?? "";
    if (words === "router") {
      without.set(
        "app/main.py",
        main.replace("projects, tasks", "projects").replace("app.include_router(tasks.router)\n", ""),
      );
    }
    const run = await steps.change({ files: without, prompt: `Add ${words}` });
    expect(Object.fromEntries(run.files)).toEqual(Object.fromEntries(project));
  });

  it("renames a field wherever it is used", async () => {
    const run = await steps.change({ files: project, prompt: "Rename title to name in tasks" });
    for (const path of ["app/models/task.py", "app/schemas/task.py", "tests/test_tasks.py"]) {
      expect(run.files.get(path)).not.toMatch(/"title"|\btitle:/);
    }
    expect(run.files.get("app/models/project.py")).toBe(project.get("app/models/project.py"));
    expect(run.files.get("tests/factories.py")).toContain('payload = {"name": "Sample title", **fields}');
    expect(run.files.get("migrations/versions/0002_rename_title_to_name_in_tasks.py")).toContain(
      'op.alter_column("tasks", "title", new_column_name="name")',
    );
  });

  it("loses a field with everything that only it needed", async () => {
    const run = await steps.change({ files: project, prompt: "Remove the status and the due date from tasks" });
    for (const path of ["app/models/task.py", "app/schemas/task.py"]) {
      expect(run.files.get(path)).not.toMatch(/status|TaskStatus|due_date|import enum/i);
    }
    expect(run.summary).toContain("drops the columns with what is stored there");
  });

  it("keeps a field that routes still use", async () => {
    const filtered = await steps.change({ files: project, prompt: "Filter tasks by status" });
    const run = await steps.change({ files: filtered.files, prompt: "Remove the status field from tasks" });
    expect(run.changes).toEqual([]);
    expect(run.summary).toMatch(/^status is still used in app\/routers\/tasks\.py:\d+\./);
  });

  it("is unchanged after an entity was added and removed, except for migrations", async () => {
    const files = await steps.changeAll({
      files: project,
      prompts: ["Add comments with a body that belong to a task", "Remove the Comment entity"],
    });
    const withoutMigrations = [...files].filter(([path]) => !/versions\/000[23]/.test(path));
    expect(Object.fromEntries(withoutMigrations)).toEqual(Object.fromEntries(project));
  });

  it("keeps an entity that others belong to", async () => {
    const run = await steps.change({ files: project, prompt: "Remove the Project entity" });
    expect(run.changes).toEqual([]);
    expect(run.summary).toContain("Task in app/models/task.py belongs to Project");
  });

  it("gets pagination and filters in one list route, with filters before the limit", async () => {
    const files = await steps.changeAll({
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
    const again = await steps.change({ files, prompt: "Paginate tasks" });
    expect(again.summary).toContain("is paginated already");
  });

  it("handles a long series of requests", async () => {
    const files = await steps.changeAll({
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

describe("all Python files of all steps above", () => {
  it.skipIf(!hasPython)("compile", () => {
    const { fileCount, problems } = compilePython(steps.results);
    expect(fileCount).toBeGreaterThan(100);
    expect(problems).toBe("");
  });
});
