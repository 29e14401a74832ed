import { expect, test } from "vitest";
import type { GenerationId, ModelId, RunId } from "#lib/contracts/ids.ts";
import { toIteration, toQuestion, type PromptToSend } from "./prompt-request.ts";

const plain: PromptToSend = {
  generationId: "g1" as GenerationId,
  text: "Add a due date",
  intent: "generate",
  mode: "auto",
  model: undefined,
  attachments: undefined,
  candidates: [],
  afterRunId: null,
  globs: [],
  commentIds: [],
};
const full: PromptToSend = {
  ...plain,
  model: "openai:a" as ModelId,
  attachments: [{ name: "notes.txt", content: "" }],
  candidates: ["openai:a", "openai:b"] as ModelId[],
  afterRunId: "r1" as RunId,
  globs: ["app/**"],
  commentIds: ["c1"],
};

test("an iteration has only what the user chose", () => {
  expect(toIteration(plain)).toEqual({ parentGenerationId: "g1", prompt: "Add a due date", mode: "auto" });
  expect(toIteration(full)).toEqual({
    parentGenerationId: "g1",
    prompt: "Add a due date",
    mode: "auto",
    model: "openai:a",
    candidates: [{ model: "openai:a" }, { model: "openai:b" }],
    attachments: full.attachments,
    queue: { afterRunId: "r1" },
    scope: { include: ["app/**"] },
    commentIds: ["c1"],
  });
});

test("a plan waits for the user to accept it", () => {
  expect(toIteration({ ...plain, intent: "plan" })).toMatchObject({ plan: "always" });
});

test("comments without a text are sent with a prompt that asks for their changes", () => {
  const { prompt } = toIteration({ ...full, text: " \n" });
  expect(prompt).toContain("review comments");
});

test("a question has neither a scope nor comments nor a place in the queue", () => {
  expect(toQuestion(full)).toEqual({
    generationId: "g1",
    prompt: "Add a due date",
    model: "openai:a",
    attachments: full.attachments,
  });
});
