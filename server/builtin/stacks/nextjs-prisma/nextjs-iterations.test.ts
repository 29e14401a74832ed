import { beforeAll, describe, expect, it } from "vitest";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { createScaffoldModel } from "#server/builtin/scaffold-model.ts";
import { listChanges, ProjectSteps } from "#server/builtin/testing/project-steps.ts";
import { typeCheckNextProjects } from "#server/builtin/testing/type-check-next.ts";

let steps: ProjectSteps;

beforeAll(async () => {
  steps = new ProjectSteps(createScaffoldModel({ sourceParser: await loadSourceParser(), chunkDelayMs: 0 }));
});

describe("a Next.js project", () => {
  let project: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const prompt =
      "A task tracker: projects have a title and an optional description; tasks have a title, an optional due date, a status and an estimate: decimal, and belong to a project; tasks have many tags.";
    project = await steps.create({ prompt, techStack: "nextjs_prisma" });
  });

  it("has its parts in their places", () => {
    const expected = [
      "Dockerfile",
      "README.md",
      "package.json",
      "prisma/schema.prisma",
      "lib/db.ts",
      "lib/schemas/task.ts",
      "app/api/tasks/route.ts",
      "app/api/tasks/[id]/route.ts",
      "app/tasks/page.tsx",
      "app/layout.tsx",
      "app/page.tsx",
      "tests/task-schema.test.ts",
      ".env.example",
      ".gitignore",
    ];
    expect([...project.keys()]).toEqual(expect.arrayContaining(expected));
  });

  it("gets a field in model, schema and page, with the model's columns aligned", async () => {
    const run = await steps.change({ files: project, prompt: "Add a priority field to tasks" });
    expect(listChanges(run)).toEqual([
      "edit app/tasks/page.tsx",
      "edit lib/schemas/task.ts",
      "edit prisma/schema.prisma",
    ]);
    expect(run.files.get("prisma/schema.prisma")).toContain(
      "enum TaskPriority {\n  low\n  medium\n  high\n}\n\nmodel Task {\n  id        Int          @id @default(autoincrement())\n",
    );
    expect(run.files.get("prisma/schema.prisma")).toContain("  priority  TaskPriority @default(low)\n");
    expect(run.files.get("lib/schemas/task.ts")).toContain("  priority: z.enum(taskPriorities).optional(),\n");
    expect(run.files.get("app/tasks/page.tsx")).toContain('  { key: "priority", label: "Priority" },\n');
    const again = await steps.change({ files: run.files, prompt: "Add a priority field to tasks" });
    expect(again.summary).toMatch(/^priority already exists on Task in prisma\/schema\.prisma:\d+\.$/);
  });

  it("gets an entity in every layer", async () => {
    const run = await steps.change({
      files: project,
      prompt: "Add comments with a body and an author that belong to a task",
    });
    expect(listChanges(run)).toEqual([
      "write app/api/comments/[id]/route.ts",
      "write app/api/comments/route.ts",
      "write app/comments/page.tsx",
      "write lib/schemas/comment.ts",
      "write tests/comment-schema.test.ts",
      "edit app/page.tsx",
      "edit prisma/schema.prisma",
    ]);
    expect(run.files.get("prisma/schema.prisma")).toMatch(/ {2}comments Comment\[\]\n/);
  });

  it("gets an entity that refers to itself", async () => {
    const { files } = await steps.change({
      files: project,
      prompt: "Add categories with a name and a parent category",
    });
    expect(files.get("prisma/schema.prisma")).toMatch(/ {2}parent +Category\? +@relation\("Category_parent", /);
    expect(files.get("prisma/schema.prisma")).toMatch(
      / {2}childCategories +Category\[\] +@relation\("Category_parent"\)/,
    );
  });

  it("gets back a missing schema file, and every other file is unchanged", async () => {
    const without = new Map([...project].filter(([path]) => path !== "lib/schemas/task.ts"));
    const run = await steps.change({ files: without, prompt: "Add missing schema file" });
    expect(listChanges(run)).toEqual(["write lib/schemas/task.ts"]);
    expect(run.files.get("lib/schemas/task.ts")).toContain("export const taskCreateSchema = z.object({\n");
  });

  it("gets a schema file for an entity without a model, and the answer says so", async () => {
    const run = await steps.change({ files: project, prompt: "Add missing schema file for comments" });
    expect(listChanges(run)).toEqual(["write lib/schemas/comment.ts"]);
    expect(run.summary).toContain("no model Comment");
  });

  it("gets back its routes, its tests and its Dockerfile", async () => {
    const without = new Map(
      [...project].filter(
        ([path]) =>
          !path.startsWith("app/api/projects/") && path !== "tests/project-schema.test.ts" && path !== "Dockerfile",
      ),
    );
    const files = await steps.changeAll({
      files: without,
      prompts: ["Add missing router and tests", "Add a Dockerfile"],
    });
    expect(Object.fromEntries(files)).toEqual(Object.fromEntries(project));
  });

  it("renames a field and keeps its column", async () => {
    const { files } = await steps.change({ files: project, prompt: "Rename title to name in tasks" });
    expect(files.get("prisma/schema.prisma")).toMatch(/ {2}name +String +@map\("title"\) @db\.VarChar\(200\)\n/);
    expect(files.get("lib/schemas/task.ts")).toContain("  name: z.string()");
    expect(files.get("app/tasks/page.tsx")).toContain('{ key: "name", label: "Name" }');
    expect(files.get("tests/task-schema.test.ts")).toContain('  name: "Sample title",');
  });

  it("loses a field with its enum and its filter", async () => {
    const files = await steps.changeAll({
      files: project,
      prompts: ["Filter tasks by status and project id", "Remove the status field from tasks"],
    });
    for (const path of ["prisma/schema.prisma", "lib/schemas/task.ts", "app/tasks/page.tsx"]) {
      expect(files.get(path)).not.toMatch(/status/i);
    }
    expect(files.get("lib/schemas/task.ts")).toContain(
      "export const taskFilterSchema = z.object({\n  projectId: z.coerce.number().int().optional(),\n});",
    );
  });

  it("is unchanged after an entity was added and removed", async () => {
    const files = await steps.changeAll({
      files: project,
      prompts: [
        "Add comments with a body and a kind (note, question) that belong to a task",
        "Remove the Comment entity",
      ],
    });
    expect(Object.fromEntries(files)).toEqual(Object.fromEntries(project));
  });

  it("keeps an entity that others belong to", async () => {
    const run = await steps.change({ files: project, prompt: "Remove projects" });
    expect(run.changes).toEqual([]);
    expect(run.summary).toContain("belongs to Project");
  });

  it("gets pagination and filters in one list route", async () => {
    const files = await steps.changeAll({
      files: project,
      prompts: ["Add pagination to tasks and a filter by status", "Add a filter by project id to the task list"],
    });
    expect(files.get("app/api/tasks/route.ts")).toContain(`export async function GET(request: Request) {
  const filter = taskFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!filter.success) return invalidInput(filter.error);
  const tasks = await prisma.task.findMany({
    where: filter.data,
    orderBy: { id: "asc" },
    ...readPage(new URL(request.url).searchParams),
  });
`);
    expect((await steps.change({ files, prompt: "Paginate tasks" })).summary).toContain("is paginated already");
  });

  it("handles a long series of requests", async () => {
    const files = await steps.changeAll({
      files: project,
      prompts: [
        "Add a required owner name and a boolean is_archived to projects",
        "Add an Attachment entity with a file name, a size: integer and an optional url that belongs to a task",
        "Rename file name to name in attachments",
        "Add a unique slug and a launch date to projects",
        "Paginate attachments and projects",
        "Remove the description from projects",
        "Delete attachments",
      ],
    });
    expect(files.get("prisma/schema.prisma")).not.toContain("Attachment");
  });
});

describe("an imported project with another structure", () => {
  const imported: ReadonlyMap<string, string> = new Map([
    [
      "prisma/schema.prisma",
      'datasource db {\n  provider = "sqlite"\n}\n\nmodel Post {\n  id Int @id @default(autoincrement())\n  title String // shown in lists\n  author_name String?\n  created_at DateTime @default(now())\n}\n'.replaceAll(
        "\n",
        "\r\n",
      ),
    ],
    [
      "src/app/layout.tsx",
      "export default function Layout({ children }: { children: React.ReactNode }) {\n  return <html><body>{children}</body></html>;\n}\n",
    ],
    [
      "src/schemas/post.ts",
      'import { z } from "zod";\n\nexport const createPostSchema = z.object({ title: z.string(), author_name: z.string().optional() });\n\nexport const updatePostSchema = z.object({\n  title: z.string().optional(),\n});\n',
    ],
  ]);

  it("gets a field in its own spelling, with its own line endings, in every schema that lists fields", async () => {
    const { files, errors } = await steps.change({ files: imported, prompt: "Add a published date to posts" });
    expect(errors).toEqual([]);
    expect(files.get("prisma/schema.prisma")).toContain(
      "  author_name String?\r\n  published_date DateTime?\r\n  created_at DateTime",
    );
    expect(files.get("prisma/schema.prisma")).toContain("  title String // shown in lists\r\n");
    expect(files.get("src/schemas/post.ts")).toContain(
      "author_name: z.string().optional(), published_date: z.iso.date()",
    );
    expect(files.get("src/schemas/post.ts")).toContain(
      "  title: z.string().optional(),\n  published_date: z.iso.date()",
    );
  });

  it("gets no routes if its database module is unknown", async () => {
    const { changes, summary } = await steps.change({
      files: imported,
      prompt: "Add comments with a body that belong to a post",
    });
    expect(changes).toEqual([]);
    expect(summary).toContain("src/lib/db.ts that exports prisma");
  });
});

describe("all TypeScript files of all steps above", () => {
  it("type-check under the project's own strict settings", { timeout: 60_000 }, () => {
    const { fileCount, problems } = typeCheckNextProjects(steps.results.filter((files) => files.has("tsconfig.json")));
    expect(fileCount).toBeGreaterThan(100);
    expect(problems).toBe("");
  });
});
