import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { addReports } from "./add-reports.ts";
import { detectChecks } from "./detect-checks.ts";
import { planInstalls } from "./plan-installs.ts";
import { listManifests } from "./read-manifests.ts";

function read(files: Readonly<Record<string, string>>) {
  const paths = Object.keys(files) as FilePath[];
  const texts = new Map(listManifests(paths).map((path) => [path, files[path] ?? ""]));
  return { paths, texts };
}
const detect = (files: Readonly<Record<string, string>>) =>
  detectChecks(read(files)).map(({ name, command }) => `${name}: ${command}`);
const packageJson = (value: object) => JSON.stringify(value);

test("a package's own scripts take precedence, and tsconfig stands in for a missing one", () => {
  expect(
    detect({
      "package.json": packageJson({
        scripts: { test: "vitest run", lint: "oxlint", build: "next build", dev: "next dev" },
        devDependencies: { typescript: "7" },
      }),
      "tsconfig.json": "{}",
      "package-lock.json": "{}",
    }),
  ).toEqual(["types: npx --no-install tsc --noEmit", "lint: npm run lint", "tests: npm test", "build: npm run build"]);
  expect(
    detect({
      "package.json": packageJson({ scripts: { typecheck: "tsc", test: 'echo "Error: no test specified" && exit 1' } }),
      "pnpm-lock.yaml": "",
      "tsconfig.json": "{}",
    }),
  ).toEqual(["types: pnpm run typecheck"]);
});

test("Python's tools are detected by words of its manifests", () => {
  expect(
    detect({ "pyproject.toml": '[project]\ndependencies = ["fastapi", "pytest>=8", "ruff"]\n[tool.mypy]\n' }),
  ).toEqual([
    "types: python3 -m mypy .",
    "lint: python3 -m ruff check --output-format concise .",
    "tests: python3 -m pytest -q",
    "build: python3 -m compileall -q .",
  ]);
  expect(detect({ "app.py": "", "tests/test_app.py": "" })).toEqual([
    "tests: python3 -m unittest discover -v",
    "build: python3 -m compileall -q .",
  ]);
});

test("each folder of a repository has its own checks, with its name; a Makefile adds what is missing", () => {
  expect(
    detect({
      "frontend/package.json": packageJson({ scripts: { build: "vite build" } }),
      "backend/requirements.txt": "pytest\n",
      "backend/Makefile": "test:\n\tpytest\nlint: all\n",
      "node_modules/x/package.json": packageJson({ scripts: { test: "x" } }),
      "go.mod": "module a",
    }),
  ).toEqual([
    "lint: go vet ./...",
    "tests: go test ./...",
    "build: go build ./...",
    "lint (backend): cd backend && make lint",
    "tests (backend): cd backend && python3 -m pytest -q",
    "build (backend): cd backend && python3 -m compileall -q .",
    "build (frontend): cd frontend && npm run build",
  ]);
});

test("a manifest that is not JSON and an empty project have no checks", () => {
  expect(detect({ "package.json": "{", "README.md": "" })).toEqual([]);
  expect(detect({ "package.json": '"text"' })).toEqual([]);
  expect(detect({})).toEqual([]);
});

test("packages are planned from lock files; those of a workspace belong to its root", () => {
  const plan = (files: Readonly<Record<string, string>>) =>
    planInstalls(read(files)).map(({ tool, directory, inputs, isLocked }) => [
      tool,
      directory,
      inputs.join(" "),
      isLocked,
    ]);
  expect(
    plan({
      "package.json": packageJson({ workspaces: ["packages/*"] }),
      "yarn.lock": "",
      "packages/a/package.json": packageJson({ dependencies: { b: "1" } }),
      "src/a.ts": "",
    }),
  ).toEqual([["yarn", "", "package.json yarn.lock packages/a/package.json", true]]);
  expect(
    plan({
      "web/package.json": packageJson({ dependencies: { next: "16" } }),
      "api/requirements.txt": "fastapi\n",
      "api/pyproject.toml": "[project]\n",
    }),
  ).toEqual([
    ["pip", "api", "api/requirements.txt", false],
    ["npm", "web", "web/package.json", false],
  ]);
  expect(plan({ "package.json": packageJson({ scripts: { test: "node --test" } }) })).toEqual([]);
});

test("a tool that can write a report is asked for one, and the user's command is unchanged", () => {
  const files: Record<string, string> = {
    "package.json": packageJson({
      scripts: { test: "vitest run", unit: "jest", both: "vitest run && tsc", own: "node --test src" },
    }),
    "web/package.json": packageJson({ scripts: { test: "vitest" } }),
  };
  const add = (command: string) => addReports({ command, readText: (path) => files[path] });
  expect(add("npm test").command).toBe(
    "npm test -- --reporter=default --reporter=json --outputFile.json=/reports/vitest.json",
  );
  expect(add("cd web && pnpm test").command).toMatch(/^cd web && pnpm test --reporter=default/);
  expect(add("npm run unit").command).toMatch(/^npm run unit -- --json/);
  expect(add("npm run both").command).toBe("npm run both");
  expect(add("npm run own").env["NODE_OPTIONS"]).toContain("junit");
  expect(add("make test")).toEqual({ command: "make test", env: { PYTEST_ADDOPTS: expect.any(String) } });
});
