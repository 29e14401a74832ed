import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ProposedDecision } from "#lib/contracts/runs/run.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { groupByCause } from "./causes.ts";

const paths = ["a.py", "b.py", "c.py", "d.py", "e.py"] as FilePath[];
const propose = (path: string, group = path) => ({ path, group, decision: "accept" }) as ProposedDecision;
const doubt = (path: string, validator: string) =>
  ({ validator, severity: "strong", path, message: "x" }) as ValidationIssue;
const read = (causes: ReturnType<typeof groupByCause>) => causes.map(({ title, paths: of }) => [title, of.join(" ")]);

test("files that belong together are one cause, doubtful causes come first and files without findings last", () => {
  const causes = groupByCause({
    paths,
    issues: [doubt("d.py", "lost-symbols"), { ...doubt("e.py", "syntax"), severity: "warning" }],
    proposed: [propose("a.py"), propose("b.py"), propose("c.py", "a.py"), propose("d.py"), propose("e.py")],
  });
  expect(read(causes)).toEqual([
    ["Declarations are gone", "d.py"],
    ["These files belong together: one imports another", "a.py c.py"],
    ["No finding", "b.py e.py"],
  ]);
});

test("single files are grouped by the check that doubts them", () => {
  const issues = [doubt("a.py", "elision"), doubt("c.py", "elision"), doubt("c.py", "syntax"), doubt("b.py", "other")];
  expect(read(groupByCause({ paths: paths.slice(0, 3), issues, proposed: [] }))).toEqual([
    ["Placeholder instead of code", "a.py c.py"],
    ["other", "b.py"],
  ]);
});

test("a rename names its group", () => {
  const of = paths.slice(0, 2);
  const message = "Renamed, nothing lost: item → note in 2 files.";
  const issues: ValidationIssue[] = [
    { validator: "renames", severity: "info", path: of[0] ?? ("" as FilePath), paths: of, message },
  ];
  const proposed = of.map((path) => propose(path, "a.py"));
  expect(read(groupByCause({ paths: of, issues, proposed }))).toEqual([[message, "a.py b.py"]]);
});
