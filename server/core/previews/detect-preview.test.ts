import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { detectPreview } from "./detect-preview.ts";
import { listPreviewTexts } from "./list-preview-texts.ts";
import { planPreparation } from "./plan-preparation.ts";

function read(files: Readonly<Record<string, string>>) {
  const paths = Object.keys(files) as FilePath[];
  return { paths, texts: new Map(listPreviewTexts(paths).map((path) => [path, files[path] ?? ""])) };
}
const detect = (files: Readonly<Record<string, string>>) => {
  const found = detectPreview(read(files));
  return found === null ? null : `${found.command} (${found.source})`;
};
const scripts = (value: Readonly<Record<string, string>>) => JSON.stringify({ scripts: value });

test.each([
  ["the development server goes first", { dev: "next dev", start: "next start" }, "npm run dev"],
  ["Vite is told its port", { dev: "vite" }, "npm run dev -- --port $PORT"],
  ["a port that the script names stays", { dev: "vite --port 4000" }, "npm run dev"],
  ["what comes after a step is what listens", { dev: "prisma generate && vite" }, "npm run dev -- --port $PORT"],
  ["vitest is not Vite", { dev: "vitest --ui" }, "npm run dev"],
  ["a built server is built first", { start: "next start", build: "next build" }, "npm run build && npm run start"],
  ["a program of its own", { start: "node server.js" }, "npm run start"],
])("scripts of package.json: %s", (_name, value, command) => {
  expect(detect({ "package.json": scripts(value) })).toBe(`${command} (package.json)`);
});

test("the lock file's tool runs the script", () => {
  expect(detect({ "package.json": scripts({ dev: "vite" }), "pnpm-lock.yaml": "" })).toBe(
    "pnpm run dev --port $PORT (package.json)",
  );
});

test.each([
  [
    "FastAPI",
    { "app/main.py": "from fastapi import FastAPI\n\napp = FastAPI(title='x')\n", "requirements.txt": "fastapi" },
    "python3 -m uvicorn app.main:app --host 127.0.0.1 --port $PORT (app/main.py)",
  ],
  [
    "a package below src",
    { "src/shop/main.py": "api: FastAPI = FastAPI()\n" },
    "python3 -m uvicorn --app-dir src shop.main:api --host 127.0.0.1 --port $PORT (src/shop/main.py)",
  ],
  ["Flask", { "app.py": "app = Flask(__name__)\n" }, "python3 -m flask --app 'app:app' run --port $PORT (app.py)"],
  [
    "a factory",
    { "shop/__init__.py": "from flask import Flask\ndef create_app():\n    return Flask(__name__)\n" },
    "python3 -m flask --app 'shop:create_app()' run --port $PORT (shop/__init__.py)",
  ],
  [
    "Django",
    { "manage.py": "", "requirements.txt": "django" },
    "python3 manage.py runserver --noreload 127.0.0.1:$PORT (manage.py)",
  ],
])("Python's servers: %s", (_name, files, command) => {
  expect(detect(files)).toBe(command);
});

test("files are served if no program is detected", () => {
  expect(detect({ "index.html": "" })).toBe("serve-folder . (index.html)");
  expect(detect({ "public/index.html": "" })).toBe("serve-folder public (public/index.html)");
  expect(detect({ "index.html": "", "package.json": scripts({ dev: "vite" }) })).toContain("npm run dev");
  expect(detect({ "index.html": "", "package.json": scripts({ test: "x" }) })).toBe("serve-folder . (index.html)");
  expect(detect({ "main.c": "" })).toBeNull();
});

test("a front end and a back end in separate folders run together", () => {
  expect(
    detect({
      "frontend/package.json": scripts({ dev: "vite" }),
      "backend/main.py": "app = FastAPI()\n",
      "backend/requirements.txt": "fastapi",
    }),
  ).toBe(
    "(cd backend && python3 -m uvicorn main:app --host 127.0.0.1 --port 8000) & cd frontend && npm run dev -- --port $PORT (frontend/package.json, backend/main.py)",
  );
  expect(
    detect({ "client/package.json": scripts({ start: "x" }), "server/package.json": scripts({ dev: "node ." }) }),
  ).toContain("(cd server && env -u PORT npm run dev) & cd client && npm run start");
  expect(detect({ "api/package.json": scripts({ dev: "node ." }) })).toBe("cd api && npm run dev (api/package.json)");
});

test("a project that uses PostgreSQL gets a database, under the variable and scheme that it reads", () => {
  const plan = (files: Readonly<Record<string, string>>) => planPreparation(read(files));
  expect(
    plan({
      ".env.example":
        "# Copy\nDATABASE_URL=postgresql+psycopg://a:b@localhost:5432/x\nSECRET='abc' # any\nPORT=80\nEMPTY=\n",
      "alembic.ini": "",
    }),
  ).toEqual({
    databaseVariables: [{ name: "DATABASE_URL", scheme: "postgresql+psycopg" }],
    settings: { SECRET: "abc" },
    prisma: null,
    commands: [{ directory: "", command: "python3 -m alembic upgrade head" }],
  });
  expect(
    plan({
      "package.json": JSON.stringify({
        dependencies: { "@prisma/client": "7" },
        scripts: { migrate: "prisma migrate dev" },
      }),
      "prisma/schema.prisma": 'datasource db {\n  provider = "postgresql"\n}\n',
      "prisma/migrations/1_first/migration.sql": "",
    }),
  ).toEqual({
    databaseVariables: [{ name: "DATABASE_URL", scheme: "postgresql" }],
    settings: {},
    prisma: { schemaPaths: ["prisma/schema.prisma"], migrationPaths: ["prisma/migrations/1_first/migration.sql"] },
    commands: [{ directory: "", command: "npx --no-install prisma generate" }],
  });
  expect(plan({ "prisma/schema.prisma": 'provider = "sqlite"' }).databaseVariables).toEqual([]);
  expect(plan({ "requirements.txt": "django\npsycopg[binary]==3\n", "manage.py": "" })).toMatchObject({
    databaseVariables: [{ name: "DATABASE_URL" }],
    commands: [{ command: "python3 manage.py migrate --noinput" }],
  });
  expect(plan({ "package.json": scripts({ "db:migrate": "node migrate.js" }) }).commands).toEqual([
    { directory: "", command: "npm run db:migrate" },
  ]);
});
