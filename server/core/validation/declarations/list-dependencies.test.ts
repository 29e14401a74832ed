import { expect, test } from "vitest";
import { listDependencies } from "./list-dependencies.ts";

test.each([
  [
    "requirements.txt",
    "# note\nfastapi==0.115\nuvicorn[standard] >= 0.30 # server\nFlask_Login; python_version > '3'\n-r base.txt\n-e .\ngit+https://example.org/a.git\nown @ file:///x\n\n",
    ["fastapi", "uvicorn", "flask-login", "own"],
  ],
  ["requirements/dev.in", "pytest", ["pytest"]],
  [
    "web/package.json",
    '{ "dependencies": { "react": "19" }, "devDependencies": { "vite": "7" }, "scripts": { "x": "y" } }',
    ["react", "vite"],
  ],
  [
    "pyproject.toml",
    '[project]\ndependencies = ["httpx>=0.27", "Pydantic[email]"]\n[project.optional-dependencies]\ndev = ["ruff"]\n[dependency-groups]\ntest = ["pytest", {include-group = "dev"}]\n',
    ["httpx", "pydantic", "ruff", "pytest"],
  ],
  [
    "pyproject.toml",
    '[tool.poetry.dependencies]\npython = "^3.12"\nfastapi = "*"\n[tool.poetry.group.dev.dependencies]\nblack = "*"\n',
    ["fastapi", "black"],
  ],
  ["package.json", "{ broken", []],
  ["package.json", "[1]", []],
  ["pyproject.toml", "project = 3", []],
  ["notes.txt", "fastapi", []],
])("%s %j", (path, text, names) => {
  expect(listDependencies({ path, text })).toEqual(names);
});
