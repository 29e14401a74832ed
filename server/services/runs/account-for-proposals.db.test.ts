import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import {
  callTools,
  sayText,
  ScriptedGateway,
  scriptedModelId,
  type ScriptedTurn,
} from "#server/testing/scripted-gateway.ts";
import { startTestServer, testOwnerId, type TestServer } from "#server/testing/start-test-server.ts";
import { importArchive } from "../versions/importing/import-archive.ts";

const models = new ScriptedGateway({ turns: [] });
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ models });
});
afterAll(() => server.close());

const util = "def add(a, b):\n    return a + b\n\n\ndef sub(a, b):\n    return a - b\n";
const files = { "app/util.py": util };
const writeB: [string, unknown] = ["write_file", { path: "app/b.py", content: "B = 2\n" }];
const editUtil = { oldText: "return a + b", newText: "return a + b + 0" };
const edited = util.replace("return a + b", "return a + b + 0");
const done = callTools(["finish", { summary: "Done." }]);
let parentId: GenerationId;

beforeEach(async () => {
  ({ generationId: parentId } = await importArchive({
    container: server.container,
    ownerId: testOwnerId,
    name: "Proposals",
    archive: await buildArchive(files),
  }));
});

async function iterate(...turns: ScriptedTurn[]): Promise<RunOutput> {
  models.script(...turns);
  const { runId } = await server.api.generation.iterate({
    parentGenerationId: parentId,
    prompt: "Please make the change",
    model: scriptedModelId,
    mode: "classic",
  });
  const run = await server.waitForRun(runId);
  const { sent, applied, refused, madeGood, open } = run.proposals;
  expect(applied + refused + madeGood + open).toBe(sent);
  if (run.status === "SUCCEEDED") expect(open).toBe(0);
  return run;
}

const readAll = async ({ generationId }: RunOutput) => server.readTexts(generationId ?? parentId);
const insisting = Array.from({ length: 6 }, () => done);

describe("a call in another unambiguous form is read", () => {
  const a = { path: "app/a.py", content: "A = 1\n" };
  test.each<[string, [string, unknown], Record<string, string>]>([
    ["the path as file_path", ["write_file", { file_path: a.path, content: a.content }], { [a.path]: a.content }],
    ["a name with a prefix", ["functions.write_file", a], { [a.path]: a.content }],
    ["another tool's name", ["create_file", a], { [a.path]: a.content }],
    ["a name in capitals", ["WriteFile", { filePath: a.path, contents: a.content }], { [a.path]: a.content }],
    ["a remark beside the arguments", ["write_file", { ...a, description: "new module" }], { [a.path]: a.content }],
    ["all arguments as JSON text", ["write_file", JSON.stringify(a)], { [a.path]: a.content }],
    [
      "the editor's command",
      ["str_replace_editor", { command: "create", path: a.path, file_text: a.content }],
      { [a.path]: a.content },
    ],
    [
      "edits as JSON text",
      ["edit_file", { path: "app/util.py", edits: JSON.stringify([editUtil]) }],
      { "app/util.py": edited },
    ],
    ["one edit without a list", ["edit_file", { path: "app/util.py", edits: editUtil }], { "app/util.py": edited }],
    [
      "old_string and new_string",
      ["edit_file", { path: "app/util.py", old_string: editUtil.oldText, new_string: editUtil.newText }],
      { "app/util.py": edited },
    ],
    [
      "the editor's replacement",
      [
        "str_replace_based_edit_tool",
        { command: "str_replace", path: "/app/util.py", old_str: editUtil.oldText, new_str: editUtil.newText },
      ],
      { "app/util.py": edited },
    ],
  ])("%s", async (_, call, changed) => {
    const run = await iterate(callTools(writeB, call), done);
    expect(run).toMatchObject({ status: "SUCCEEDED", proposals: { sent: 2, applied: 2, open: 0 } });
    expect(await readAll(run)).toEqual({ ...files, "app/b.py": "B = 2\n", ...changed });
  });
});

describe("an invalid call stays open", () => {
  test.each<[string, [string, unknown], string]>([
    ["an edit without its new text", ["edit_file", { path: "app/util.py", edits: [{ oldText: "a" }] }], "no newText"],
    ["a write without content", ["write_file", { path: "app/a.py" }], "no content"],
    [
      "an argument that changes the meaning",
      ["write_file", { path: "app/a.py", content: "x", append: true }],
      "append",
    ],
    ["two contents", ["write_file", { path: "app/a.py", content: "x", text: "y" }], "unknown text"],
    ["a move without its end", ["move_file", { source: "app/util.py" }], "no destination"],
    ["a delete without a path", ["delete_file", {}], "no path"],
    ["an unknown tool that changes files", ["insert_lines", { path: "app/util.py", line: 3, text: "x" }], "no tool"],
    ["a shell that writes", ["run_command", { command: "echo x > app/a.py" }], "no tool"],
    ["the editor's insertion", ["str_replace_editor", { command: "insert", path: "app/util.py" }], "no tool"],
    ["an edit of a file that is not there", ["edit_file", { path: "app/no.py", edits: [editUtil] }], "no file"],
    [
      "text that is not there",
      ["edit_file", { path: "app/util.py", edits: [{ oldText: "zz", newText: "y" }] }],
      "zz|not in",
    ],
  ])("%s", async (_, call, reason) => {
    const run = await iterate(callTools(writeB, call), ...insisting);
    expect(run).toMatchObject({
      status: "NEEDS_REVIEW",
      generationId: null,
      holds: { changes: [{ path: "app/b.py" }], isPartial: true },
      proposals: { sent: 2, applied: 1, open: 1 },
    });
    expect(run.proposals.rows[1]).toMatchObject({
      outcome: "open",
      name: call[0],
      reason: expect.stringMatching(new RegExp(reason)) as string,
    });
    expect(run.failure?.message).toContain("2 changes proposed: 1 applied, 1 not applied");
  });

  test("and alone it fails the run", async () => {
    const run = await iterate(callTools(["write_file", { path: "app/a.py" }]), ...insisting);
    expect(run).toMatchObject({ status: "FAILED", generationId: null, holds: null, proposals: { sent: 1, open: 1 } });
  });

  test("until the user accepts the result without it, or a later run makes it", async () => {
    const held = await iterate(callTools(writeB, ["write_file", { path: "app/a.py" }]), ...insisting);
    await server.api.run.resolve({ runId: held.runId, decisions: [] });
    const taken = await server.api.run.get({ runId: held.runId });
    expect(taken).toMatchObject({ status: "SUCCEEDED", proposals: { sent: 2, applied: 1, refused: 1, open: 0 } });
    expect(await readAll(taken)).toEqual({ ...files, "app/b.py": "B = 2\n" });

    const other = await iterate(callTools(writeB, ["write_file", { path: "app/a.py" }]), ...insisting);
    models.script(callTools(["write_file", { path: "app/a.py", content: "A = 1\n" }]), done);
    const continued = await server.waitForRun((await server.api.run.continue({ runId: other.runId })).runId);
    expect(continued).toMatchObject({ status: "SUCCEEDED", proposals: { sent: 1, applied: 1 } });
    expect(await server.api.run.get({ runId: other.runId })).toMatchObject({
      status: "SUCCEEDED",
      proposals: { sent: 2, applied: 1, madeGood: 1, open: 0 },
    });
  });

  test("until it is sent again in a valid form", async () => {
    const run = await iterate(
      callTools(writeB, ["edit_file", { path: "app/util.py", edits: [{ oldText: "return a + b" }] }]),
      callTools(["edit_file", { path: "app/util.py", edits: [editUtil] }]),
      done,
    );
    expect(run).toMatchObject({ status: "SUCCEEDED", proposals: { sent: 3, applied: 2, madeGood: 1, open: 0 } });
    expect(await readAll(run)).toEqual({ "app/util.py": edited, "app/b.py": "B = 2\n" });
  });

  test("a read-only tool is not a change, whatever its arguments", async () => {
    const run = await iterate(callTools(writeB, ["read_file", {}], ["git_status", {}]), done);
    expect(run).toMatchObject({ status: "SUCCEEDED", proposals: { sent: 1, applied: 1 } });
  });
});

describe("a refused edit is made good by one that does the same", () => {
  const miss = { oldText: "return a plus b", newText: "return a + b + 0" };
  const unrelated = { oldText: "return a - b", newText: "return a - b - 1" };

  test("not by another change of the same file", async () => {
    const run = await iterate(
      callTools(
        ["edit_file", { path: "app/util.py", edits: [miss] }],
        ["edit_file", { path: "app/util.py", edits: [unrelated] }],
      ),
      ...insisting,
    );
    expect(run).toMatchObject({ status: "NEEDS_REVIEW", proposals: { sent: 2, applied: 1, open: 1 } });
  });

  test("under the right path", async () => {
    const run = await iterate(
      callTools(["edit_file", { path: "src/util.py", edits: [editUtil] }]),
      callTools(["edit_file", { path: "app/util.py", edits: [editUtil] }]),
      done,
    );
    expect(run).toMatchObject({ status: "SUCCEEDED", proposals: { sent: 2, applied: 1, madeGood: 1 } });
  });

  test("with each of its blocks", async () => {
    const run = await iterate(
      callTools(["edit_file", { path: "app/util.py", edits: [miss, unrelated] }]),
      callTools(["edit_file", { path: "app/util.py", edits: [unrelated] }]),
      ...insisting,
    );
    expect(run).toMatchObject({ status: "NEEDS_REVIEW", proposals: { sent: 2, applied: 1, open: 1 } });
  });
});

describe("a change written as text is not applied", () => {
  const closings: [string, string][] = [
    ["a file in a fence", "And the second file:\n\napp/a.py\n```python\nA = 1\n```\n"],
    ["a block", "app/util.py\n<<<<<<< SEARCH\n    return a - b\n=======\n    return a - b - 1\n>>>>>>> REPLACE\n"],
    [
      "a call of Hermes",
      'Now the other.\n<tool_call>\n{"name": "write_file", "arguments": {"path": "app/a.py", "content": "A = 1\\n"}}\n</tool_call>',
    ],
    [
      "a call in XML",
      "<function=write_file>\n<parameter=path>\napp/a.py\n</parameter>\n<parameter=content>\nA = 1\n</parameter>\n</function>\n</tool_call>",
    ],
    ["a call as plain JSON", '{"name": "write_file", "arguments": {"path": "app/a.py", "content": "A = 1\\n"}}'],
    ["a patch", "*** Begin Patch\n*** Delete File: app/util.py\n*** End Patch\n"],
  ];
  test.each(closings)("%s beside a real call is requested again, and holds the run", async (_, text) => {
    const run = await iterate(callTools(writeB), sayText(text), ...insisting);
    expect(run).toMatchObject({
      status: "NEEDS_REVIEW",
      generationId: null,
      holds: { changes: [{ path: "app/b.py" }] },
      proposals: { open: 1 },
    });
    expect(models.requests.at(-1)?.messages.some((message) => JSON.stringify(message).includes("Call the tools"))).toBe(
      true,
    );
  });

  test("sent as calls after the request, all are made", async () => {
    const run = await iterate(
      callTools(writeB),
      sayText(closings[0]?.[1] ?? ""),
      callTools(["write_file", { path: "app/a.py", content: "A = 1\n" }]),
      sayText("Both are made."),
    );
    expect(run).toMatchObject({ status: "SUCCEEDED", proposals: { sent: 3, applied: 2, madeGood: 1, open: 0 } });
  });

  test.each([
    ["the file that was written", "Done. app/b.py is:\n\napp/b.py\n```python\nB = 2\n```\n"],
    ["an excerpt of a file", "As before:\n\napp/util.py\n```python\ndef sub(a, b):\n    return a - b\n```\n"],
    ["a command", "Run it:\n\n```bash\npython app/b.py\n```\n"],
  ])("%s in the closing words is not a change", async (_, text) => {
    expect(await iterate(callTools(writeB), sayText(text))).toMatchObject({
      status: "SUCCEEDED",
      proposals: { sent: 1, applied: 1 },
    });
  });
});

describe("a repeated change is a repetition", () => {
  const append: [string, unknown] = [
    "edit_file",
    { path: "app/util.py", edits: [{ oldText: "    return a - b\n", newText: "    return a - b\n\n\nC = 3\n" }] },
  ];
  const appended = `${util}\n\nC = 3\n`;

  test.each<[string, ScriptedTurn[]]>([
    ["in the next turn", [callTools(append), callTools(append), done]],
    ["in the same turn", [callTools(append, append), done]],
    [
      "all of it after a repair",
      [
        callTools(append, ["write_file", { path: "app/a.py", content: "A = (\n" }]),
        done,
        callTools(append, ["write_file", { path: "app/a.py", content: "A = 1\n" }]),
        done,
      ],
    ],
  ])("%s", async (_, turns) => {
    const run = await iterate(...turns);
    expect(run.status).toBe("SUCCEEDED");
    expect((await readAll(run))["app/util.py"]).toBe(appended);
  });
});

describe("a refusal offers a way forward", () => {
  async function importFiles(given: Record<string, string | Uint8Array>): Promise<void> {
    ({ generationId: parentId } = await importArchive({
      container: server.container,
      ownerId: testOwnerId,
      name: "Refusals",
      archive: await buildArchive(given),
    }));
  }

  test.each<[string, (character: string) => [string, unknown]]>([
    ["a whole file", (nul) => ["write_file", { path: "re.ts", content: `export const re = /[${nul}-\u001f]/;\n` }]],
    ["an edit", (nul) => ["edit_file", { path: "re.ts", edits: [{ oldText: "1f", newText: `1e${nul}` }] }]],
    ["a new file", (nul) => ["write_file", { path: "new.ts", content: `const end = "${nul}";\n` }]],
  ])("a NUL character in %s is refused, and its escape is taken", async (_, call) => {
    await importFiles({ "re.ts": "export const re = /[\\x00-\\x1f]/;\n" });
    const spoilt = callTools(["read_file", { path: "re.ts" }], call("\0"));
    const held = await iterate(spoilt, ...insisting);
    expect(held).toMatchObject({ status: "FAILED", generationId: null, proposals: { sent: 1, open: 1 } });
    expect(held.failure?.message).toContain("NUL character");
    const mended = await iterate(spoilt, callTools(call("\\x00")), done);
    expect(mended).toMatchObject({ status: "SUCCEEDED", proposals: { sent: 2, applied: 1, madeGood: 1 } });
  });

  test("a file that is not text is kept, and no response advises what the next rule refuses", async () => {
    await importFiles({ "logo.dat": new Uint8Array([1, 0, 2, 0, 255]), "b.txt": "b\n" });
    for (const call of [
      ["edit_file", { path: "logo.dat", edits: [{ oldText: "1", newText: "2" }] }],
      ["write_file", { path: "logo.dat", content: "text\n" }],
      ["read_file", { path: "logo.dat" }],
    ] as [string, unknown][]) {
      await iterate(callTools(call), ...insisting);
      const toolMessages = models.requests.at(-1)?.messages.filter(({ role }) => role === "tool");
      expect(JSON.stringify(toolMessages)).toContain("logo.dat is not text");
      expect(JSON.stringify(toolMessages)).not.toMatch(/written whole|Read it/);
    }
  });
});

describe("a part of the request that the model says it did not do", () => {
  const notDone = ["send an email to the owner"];

  test("holds what was done, without another request", async () => {
    const run = await iterate(callTools(writeB, ["finish", { summary: "Wrote b.", notDone }]));
    expect(run).toMatchObject({
      status: "NEEDS_REVIEW",
      proposals: { sent: 2, applied: 1, open: 1 },
      repairs: [],
      holds: { isPartial: true },
    });
    expect(run.proposals.rows.at(-1)).toMatchObject({
      name: "not done:",
      outcome: "open",
      reason: '"send an email to the owner"',
    });
  });

  test("does not count as done because another change followed", async () => {
    const run = await iterate(
      callTools(
        ["finish", { summary: "Half of it.", notDone }],
        ["edit_file", { path: "app/util.py", edits: [{ oldText: "zz", newText: "y" }] }],
      ),
      callTools(
        ["write_file", { path: "app/mail.py", content: "# send an email to the owner\n" }],
        ["finish", { summary: "Done." }],
      ),
      ...insisting,
    );
    expect(run.status).not.toBe("SUCCEEDED");
    expect(run.proposals.rows.filter(({ name }) => name === "not done:")).toMatchObject([{ outcome: "open" }]);
  });

  test("fails the run with the user's words if nothing else was done", async () => {
    const run = await iterate(callTools(["finish", { summary: "", notDone }]));
    expect(run).toMatchObject({ status: "FAILED", failure: { code: "NO_CHANGES" }, proposals: { open: 1 } });
    expect(run.failure?.message).toContain('"send an email to the owner"');
  });
});
