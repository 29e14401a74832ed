import { expect, test } from "vitest";
import { isSchemaSource } from "./is-schema-source.ts";

test.each([
  "app/models.py",
  "app/stubs.pyi",
  "prisma/schema.prisma",
  "app/tasks/route.ts",
  "app/page.tsx",
  "src/index.mjs",
  "lib/types.d.ts",
  "package.json",
  "docs/openapi.yaml",
  "schema.graphql",
])("%s is read", (path) => {
  expect(isSchemaSource(path)).toBe(true);
});

test.each([
  "README.md",
  "app/styles.css",
  "tsconfig.json",
  "Dockerfile",
  "public/jquery.min.js",
  "node_modules/zod/index.js",
  "web/node_modules/zod/index.js",
  "backend/.venv/lib/site-packages/x.py",
  ".next/server/app.js",
  "prisma",
])("%s is not read", (path) => {
  expect(isSchemaSource(path)).toBe(false);
});
