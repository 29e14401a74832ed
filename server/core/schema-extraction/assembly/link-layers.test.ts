import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { assembleCodeSchema } from "../assemble-code-schema.ts";
import { extractFileFacts } from "../extract-file-facts.ts";

const parser = await loadSourceParser();

function readLayers(files: Record<string, string>): string[] {
  const facts = new Map(
    Object.entries(files).flatMap(([name, text]) => {
      const path = name as FilePath;
      const found = extractFileFacts({ path, text, parser });
      return found === null ? [] : [[path, found] as const];
    }),
  );
  return (assembleCodeSchema(facts).layers ?? []).map(
    ({ name, layers, missing }) =>
      `${name}: ${layers.map((each) => `${each.layer} ${each.name}`).join(", ")}${missing.length === 0 ? "" : `; missing ${missing.join(", ")}`}`,
  );
}

const table = (name: string, tableName: string) =>
  `class ${name}(Base):\n    __tablename__ = "${tableName}"\n    id = Column(Integer, primary_key=True)\n`;
const shapes = (name: string) =>
  `class ${name}Base(BaseModel):\n    title: str\nclass ${name}Create(${name}Base):\n    pass\nclass ${name}Read(${name}Base):\n    id: int\n`;
const routes = (path: string) =>
  `router = APIRouter(prefix="/${path}")\n@router.get("")\ndef list_all(): ...\n@router.get("/{id}")\ndef read(id): ...\n`;

test("a table is linked with its requests, responses, routes, screens and migrations", () => {
  expect(
    readLayers({
      "app/models.py": table("OrderLine", "order_lines"),
      "app/schemas.py": shapes("OrderLine"),
      "app/routes.py": routes("order-lines"),
      "web/types.ts": "export interface OrderLine { id: number; title: string }\n",
      "web/app/order-lines/[id]/page.tsx": "export default function Page() { return null; }\n",
      "migrations/versions/1.py":
        'from alembic import op\nrevision = "1"\ndef upgrade():\n    op.create_table("order_lines", sa.Column("id", sa.Integer()))\n',
      "tests/test_a.py": "class OrderLineCreate(BaseModel):\n    title: str\n",
    }),
  ).toEqual([
    "OrderLine: table OrderLine, migration order_lines, request OrderLineCreate, response OrderLineRead, type OrderLineBase, type OrderLine, route GET /order-lines, route GET /order-lines/{id}, screen PAGE /order-lines/[id]",
  ]);
});

test("lists the missing layers of a comment", () => {
  const files = {
    "app/models.py": ["Task", "Project", "Comment"].map((name) => table(name, `${name.toLowerCase()}s`)).join(""),
    "app/schemas.py": shapes("Task") + shapes("Project"),
    "app/tasks.py": routes("tasks"),
    "app/projects.py": routes("projects"),
  };
  expect(readLayers(files).at(-1)).toBe("Comment: table Comment; missing request, response, type, route");
});

test("a route belongs to the last concept that it names, and to the longest match", () => {
  const files = {
    "app/models.py": table("User", "users") + table("Post", "posts") + table("UserSetting", "user_settings"),
    "app/api.py":
      'app = FastAPI()\n@app.get("/users/{id}/posts")\ndef a(): ...\n@app.get("/user-settings")\ndef b(): ...\n@app.get("/health")\ndef c(): ...\n',
  };
  expect(readLayers(files)).toEqual([
    "User: table User; missing route",
    "Post: table Post, route GET /users/{id}/posts",
    "UserSetting: table UserSetting, route GET /user-settings",
  ]);
});

test("tRPC's procedures and GraphQL's fields name concepts with verbs", () => {
  const files = {
    "schema.prisma": "model Post {\n  id Int @id\n}\n",
    "server/router.ts":
      "export const appRouter = router({ post: router({ byId: publicProcedure.query(() => 1) }), createPost: publicProcedure.mutation(() => 1) });\n",
  };
  expect(readLayers(files)).toEqual(["Post: table Post, route QUERY post.byId, route MUTATION createPost"]);
});
