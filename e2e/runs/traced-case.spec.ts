import { expect, finish, test, writeFile, type FileItem } from "../support/fixtures.ts";
import type { LoopbackReply } from "../../server/providers/testing/loopback-model-server.ts";

/** 14 files without a schema file: the project whose iteration used to leave one file. */
const files = Object.fromEntries(
  Array.from({ length: 14 }, (_, index) => [
    `app/part_${String(index).padStart(2, "0")}.py`,
    `def part_${index}():\n    return ${index}\n`,
  ]),
);
const schema = { path: "app/schema.py", content: "class Task:\n    title: str\n" };

function hashes(items: FileItem[]): Record<string, string> {
  return Object.fromEntries(items.map(({ path, contentHash }) => [path, contentHash]));
}

test.describe("an iteration that answers in part, in full or not at all", () => {
  for (const [name, toolCalls] of [
    ["one file", [writeFile(schema.path, schema.content), finish()]],
    [
      "all 15 files",
      [
        ...Object.entries(files).map(([path, content]) => writeFile(path, content)),
        writeFile(schema.path, schema.content),
        finish(),
      ],
    ],
  ] as const) {
    test(`${name} back is 15 files, 14 with the parent's hash`, async ({ api, model }) => {
      const { projectId, generationId } = await api.importProject({ name: `Traced, ${name}`, files });
      model.play({ toolCalls: [...toolCalls] });
      const run = await api.iterate({ parentGenerationId: generationId, prompt: "Add missing schema file" });
      expect(run.failure).toBeNull();
      const child = hashes(await api.readFiles(run.generationId ?? ""));
      const parent = hashes(await api.readFiles(generationId));
      expect(Object.keys(child)).toHaveLength(15);
      expect(child).toMatchObject(parent);
      expect(await api.readHead(projectId)).toBe(run.generationId);
    });
  }

  const failures: [string, LoopbackReply[], RegExp][] = [
    ["nothing", [{ text: "" }], /MODEL_OUTPUT_INVALID|NO_CHANGES/],
    ["prose", [{ text: "I would add a schema file. Shall I?" }], /NO_CHANGES/],
    [
      "an error",
      [{ status: 400, body: { error: { message: "The request is bad.", type: "invalid_request_error" } } }],
      /MODEL_/,
    ],
    ["no access", [{ status: 401, body: { error: { message: "Wrong key." } } }], /PROVIDER_AUTH/],
    [
      "a cut stream",
      [
        {
          toolCalls: [writeFile(schema.path, schema.content.repeat(50)), finish()],
          fault: { type: "cut", afterBytes: 400 },
        },
      ],
      /MODEL_UNAVAILABLE|OUTPUT_TRUNCATED/,
    ],
  ];
  for (const [name, replies, code] of failures) {
    test(`${name} back makes no version, and the head stays`, async ({ api, model }) => {
      test.setTimeout(90_000);
      const { projectId, generationId } = await api.importProject({ name: `Traced, ${name}`, files });
      model.play(...replies);
      const run = await api.iterate({ parentGenerationId: generationId, prompt: "Add missing schema file" });
      expect(run).toMatchObject({ status: "FAILED", generationId: null });
      expect(run.failure?.code).toMatch(code);
      expect(run.failure?.message).toContain("the parent is unchanged");
      expect(await api.readHead(projectId)).toBe(generationId);
      expect(await api.countVersions(projectId)).toBe(1);
    });
  }
});
