import fc from "fast-check";
import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { findScopeRefusal, wholeProject } from "./change-scope.ts";
import { planScope } from "./plan-scope.ts";

const paths = [
  "app/models.py",
  "app/[id]/page.tsx",
  "api/models.py",
  "prisma/migrations/1/migration.sql",
  "README.md",
] as FilePath[];

function mayChange({
  steps,
  path,
  scope = wholeProject,
}: {
  steps: string[];
  path: string;
  scope?: typeof wholeProject;
}) {
  const planned = planScope({ steps, paths, scope });
  return planned !== null && findScopeRefusal({ scope: planned, path: path as FilePath }) === null;
}

test.each([
  ["a named file", ["1. `app/models.py`: add a field"], "app/models.py", true],
  ["a file beside it", ["1. `app/models.py`: add a field"], "api/models.py", false],
  ["every file of a short name", ["models.py: add a field"], "api/models.py", true],
  ["a file with characters of globs", ["app/[id]/page.tsx: show it"], "app/[id]/page.tsx", true],
  ["another one that they would match", ["app/[id]/page.tsx: show it"], "app/i/page.tsx", false],
  ["a file to be made", ["`app/notes.py`: new"], "app/notes.py", true],
  ["a file of a named folder", ["prisma/migrations/: add one"], "prisma/migrations/2/migration.sql", true],
  ["a file outside of it", ["prisma/migrations/: add one"], "prisma/schema.prisma", false],
  ["no file of a folder that is not there", ["nowhere/: add one"], "nowhere/a.py", false],
])("%s", (_, steps, path, expected) => {
  expect(mayChange({ steps, path })).toBe(expected);
});

test("a plan that names no file allows none", () => {
  expect(planScope({ steps: ["Make it faster"], paths, scope: wholeProject })).toBeNull();
});

test("a plan never allows what the request excludes", () => {
  const word = fc.constantFrom(...paths, "app/new.py", "app/", "prisma/migrations/");
  const glob = fc.constantFrom("app/**", "README.md", "prisma/**", "api/models.py", "**/*.py");
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1 }),
      fc.option(fc.array(glob, { minLength: 1 })),
      fc.array(glob),
      (steps, include, locked) => {
        const scope = { include, locked };
        const planned = planScope({ steps, paths, scope });
        for (const path of [...paths, "app/new.py" as FilePath])
          if (planned !== null && findScopeRefusal({ scope: planned, path }) === null)
            expect(findScopeRefusal({ scope, path })).toBeNull();
      },
    ),
  );
});
