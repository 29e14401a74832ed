import { expect, test } from "vitest";
import { emptyCodeSchema, type CodeSchema } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { finishSteps } from "../steps.ts";
import { extractSchemaFromPrompt } from "./extract-from-prompt.ts";
import { summarizeInSteps } from "./summarize-code-schema.ts";

const summarizeCodeSchema = (source: Parameters<typeof summarizeInSteps>[0]) => finishSteps(summarizeInSteps(source));

const path = "app/main.py" as FilePath;
const prompted = extractSchemaFromPrompt(
  "Project: unique name\nTask: title, optional due date, status (todo, done) default todo, belongs to a project",
);

function withRoutes(count: number): CodeSchema {
  return {
    ...prompted,
    routes: Array.from({ length: count }, (_, index) => ({
      method: "GET",
      route: `/tasks/${index}`,
      handler: "get",
      path,
      line: index + 1,
    })),
  };
}

test("one line for each entity, enum and route", () => {
  expect(summarizeCodeSchema({ codeSchema: withRoutes(1), maxTokens: 1_000, prompt: "" })).toBe(
    [
      "prompt Project table projects: name: string unique, tasks -> many Task [prompt:1]",
      "prompt Task table tasks: title: string, due_date?: date, status: enum:TaskStatus = todo, project_id: integer -> Project, project -> Project [prompt:2]",
      "enum TaskStatus: todo | done [prompt:2]",
      "GET /tasks/0 get [app/main.py:1]",
    ].join("\n"),
  );
});

test("nothing to report gives an empty text", () => {
  expect(summarizeCodeSchema({ codeSchema: emptyCodeSchema, maxTokens: 1_000, prompt: "" })).toBe("");
});

test.each([0, 5, 40, 100, 500, 2_000])("at most %d tokens, and the rest is counted", (maxTokens) => {
  const summary = summarizeCodeSchema({ codeSchema: withRoutes(5_000), maxTokens, prompt: "" });
  expect(new TextEncoder().encode(summary).length).toBeLessThanOrEqual(maxTokens * 4);
  const lines = summary === "" ? [] : summary.split("\n");
  if (lines.length > 0) expect(lines.at(-1)).toBe(`(${5_003 - (lines.length - 1)} more not shown)`);
});

test("a text that just fits is not cut", () => {
  const whole = summarizeCodeSchema({ codeSchema: withRoutes(30), maxTokens: 100_000, prompt: "" });
  const sizeTokens = Math.ceil(new TextEncoder().encode(whole).length / 4);
  expect(summarizeCodeSchema({ codeSchema: withRoutes(30), maxTokens: sizeTokens, prompt: "" })).toBe(whole);
  expect(summarizeCodeSchema({ codeSchema: withRoutes(30), maxTokens: sizeTokens - 1, prompt: "" })).toMatch(
    /\(\d+ more not shown\)$/,
  );
});

test("lines with words of the prompt come first if not all fit", () => {
  const summary = summarizeCodeSchema({
    codeSchema: withRoutes(5_000),
    maxTokens: 100,
    prompt: "Task status of /tasks/4242",
  });
  expect(summary.split("\n")[0]).toContain("Task");
});
