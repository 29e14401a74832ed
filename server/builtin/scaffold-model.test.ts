import type { LanguageModelV4CallOptions, LanguageModelV4Message, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { beforeAll, describe, expect, it } from "vitest";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { createScaffoldModel } from "./scaffold-model.ts";
import { driveScaffold } from "./testing/drive-scaffold.ts";

const trackerPrompt =
  "A task tracker: projects have a title and a description; tasks have a title, a due date and a status, and belong to a project.";

let sourceParser: SourceParser;

beforeAll(async () => {
  sourceParser = await loadSourceParser();
});

function callOptions({
  prompt,
  task = "create",
  techStack = "none",
  withTools = true,
}: {
  prompt: string;
  task?: string;
  techStack?: string;
  withTools?: boolean;
}): LanguageModelV4CallOptions {
  const header = `Task: ${task}\nTech stack: ${techStack}\nDomain: none\nScope: none`;
  return {
    prompt: [{ role: "user", content: [header, prompt].map((text) => ({ type: "text", text })) }],
    ...(withTools ? { tools: [{ type: "function", name: "write_file", inputSchema: { type: "object" } }] } : {}),
  };
}

async function collect(stream: ReadableStream<LanguageModelV4StreamPart>): Promise<LanguageModelV4StreamPart[]> {
  const parts: LanguageModelV4StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

describe("the stream", () => {
  it("plays each tool call as start, small deltas, end and the call itself, and finishes with usage", async () => {
    const model = createScaffoldModel({ sourceParser, chunkDelayMs: 0 });
    const parts = await collect((await model.doStream(callOptions({ prompt: trackerPrompt }))).stream);
    const calls = parts.filter((part) => part.type === "tool-call");
    expect(calls.length).toBeGreaterThan(14);
    expect(calls.at(-1)?.toolName).toBe("finish");
    for (const { toolCallId, toolName, input } of calls) {
      const own = parts.filter((part) => "id" in part && part.id === toolCallId);
      expect(own[0]).toEqual({ type: "tool-input-start", id: toolCallId, toolName });
      expect(own.at(-1)).toEqual({ type: "tool-input-end", id: toolCallId });
      const deltas = own.flatMap((part) => (part.type === "tool-input-delta" ? [part.delta] : []));
      expect(deltas.join("")).toBe(input);
      expect(Math.max(...deltas.map((delta) => delta.length))).toBeLessThanOrEqual(300);
    }
    expect(parts[0]).toEqual({ type: "stream-start", warnings: [] });
    const finish = parts.at(-1);
    expect(finish?.type === "finish" && finish.finishReason.unified).toBe("tool-calls");
    const written = calls.reduce((sum, { input }) => sum + Buffer.byteLength(input), 0);
    expect(finish?.type === "finish" ? finish.usage.outputTokens.total : 0).toBeGreaterThan(written / 5);
  });

  it("gives the same answer to the same messages", async () => {
    const model = createScaffoldModel({ sourceParser, chunkDelayMs: 0 });
    const [first, second] = await Promise.all(
      [1, 2].map(() => model.doGenerate(callOptions({ prompt: trackerPrompt }))),
    );
    expect(first).toEqual(second);
  });

  it("stops at once when aborted", async () => {
    const controller = new AbortController();
    const model = createScaffoldModel({ sourceParser, chunkDelayMs: 60_000 });
    const { stream } = await model.doStream({
      ...callOptions({ prompt: trackerPrompt }),
      abortSignal: controller.signal,
    });
    const reading = collect(stream);
    setTimeout(() => controller.abort(new Error("cancelled by the person")), 5);
    await expect(reading).rejects.toThrow("cancelled by the person");
  });

  it("does not start if aborted before", async () => {
    const model = createScaffoldModel({ sourceParser, chunkDelayMs: 0 });
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(model.doStream({ ...callOptions({ prompt: trackerPrompt }), abortSignal: signal })).rejects.toThrow(
      "too late",
    );
  });

  it("answers with text only if no tools are offered", async () => {
    const { content, finishReason } = await createScaffoldModel({ sourceParser, chunkDelayMs: 0 }).doGenerate(
      callOptions({ prompt: trackerPrompt, withTools: false }),
    );
    expect(content.map(({ type }) => type)).toEqual(["text"]);
    expect(finishReason.unified).toBe("stop");
  });
});

describe("a creation", () => {
  const drive = (prompt: string, techStack: string | null = null): ReturnType<typeof driveScaffold> =>
    driveScaffold({
      model: createScaffoldModel({ sourceParser, chunkDelayMs: 0 }),
      files: new Map(),
      prompt,
      techStack,
    });

  it.each([
    [null, "app/main.py"],
    ["fastapi_postgres", "app/main.py"],
    ["python", "app/main.py"],
    ["nextjs_prisma", "prisma/schema.prisma"],
    ["Next.js", "prisma/schema.prisma"],
    ["typescript", "prisma/schema.prisma"],
  ])("uses the stack %j", async (techStack, path) => {
    const { files } = await drive(trackerPrompt, techStack);
    expect([...files.keys()]).toContain(path);
    expect(files.size).toBeGreaterThanOrEqual(14);
  });

  it("uses the stack that the prompt names", async () => {
    expect([...(await drive(`${trackerPrompt} Use Next.js and Prisma.`)).files.keys()]).toContain(
      "prisma/schema.prisma",
    );
  });

  it("refuses a stack without templates", async () => {
    const { files, summary } = await drive("Build a Django blog");
    expect(files.size).toBe(0);
    expect(summary).toContain("none for Django");
  });

  it("says what it needs if the prompt names no data", async () => {
    const { files, summary } = await drive("Please make something really nice for me");
    expect(files.size).toBe(0);
    expect(summary).toContain("found no entities");
    expect(summary.match(/^- /gm)?.length).toBeGreaterThanOrEqual(6);
  });

  it("says so if it used the default entities of a kind of application", async () => {
    const { files, summary } = await drive("Build me a CRM");
    expect(files.size).toBeGreaterThanOrEqual(14);
    expect(summary).toContain("the usual ones of a CRM");
  });
});

describe("an iteration", () => {
  const files = new Map([
    [
      "app/models.py",
      "from sqlalchemy.orm import Mapped, mapped_column\n\nfrom .db import Base\n\n\nclass Task(Base):\n    __tablename__ = 'tasks'\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]\n",
    ],
  ]);
  const drive = (
    prompt: string,
    options: { scope?: string; files?: ReadonlyMap<string, string> } = {},
  ): ReturnType<typeof driveScaffold> =>
    driveScaffold({ model: createScaffoldModel({ sourceParser, chunkDelayMs: 0 }), files, prompt, ...options });

  it("lists, then reads, then edits", async () => {
    const { turns, changes, errors } = await drive("Add a due date to tasks");
    expect({ turns, errors, changes: changes.map(({ name }) => name) }).toEqual({
      turns: 3,
      errors: [],
      changes: ["edit_file"],
    });
  });

  it("changes nothing and gives examples if it does not understand", async () => {
    const { changes, summary } = await drive("Make it blazingly fast");
    expect(changes).toEqual([]);
    expect(summary).toContain('did not understand "Make it blazingly fast"');
    expect(summary).toContain("It found these entities: Task.");
    expect(summary.match(/^- /gm)?.length).toBeGreaterThanOrEqual(6);
  });

  it("says where an existing field is", async () => {
    const { changes, summary } = await drive("Add a title to tasks");
    expect(changes).toEqual([]);
    expect(summary).toBe("title already exists on Task in app/models.py:10.");
  });

  it("stays in the run's scope and names what it left out", async () => {
    const inScope = await drive("Add a due date to tasks", { scope: "app/**" });
    expect(inScope.changes.length).toBe(1);
    const outside = await drive("Add a due date to tasks", { scope: "docs/**" });
    expect(outside.changes).toEqual([]);
    expect(outside.summary).toContain("app/models.py, all outside the scope");
  });

  it("changes nothing if a required file is unreadable", async () => {
    const model = createScaffoldModel({ sourceParser, chunkDelayMs: 0 });
    const options = callOptions({ prompt: "Add missing schema file for comments", task: "iterate" });
    const call = (
      id: string,
      toolName: string,
      input: object,
      output: { type: "text" | "error-text"; value: string },
    ): LanguageModelV4Message[] => [
      { role: "assistant", content: [{ type: "tool-call", toolCallId: id, toolName, input }] },
      { role: "tool", content: [{ type: "tool-result", toolCallId: id, toolName, output }] },
    ];
    const { content } = await model.doGenerate({
      ...options,
      prompt: [
        ...options.prompt,
        ...call("1", "list_files", {}, { type: "text", value: "app/models.py  300 bytes\napp/schemas.py  300 bytes" }),
        ...call("2", "read_file", { path: "app/models.py" }, { type: "text", value: files.get("app/models.py") ?? "" }),
        ...call(
          "3",
          "read_file",
          { path: "app/schemas.py" },
          { type: "error-text", value: "app/schemas.py is binary: it cannot be shown." },
        ),
      ],
    });
    expect(content).toEqual([{ type: "text", text: "app/schemas.py has to change and could not be read." }]);
  });

  it("says that it cannot work on a project of another stack", async () => {
    const { changes, summary } = await drive("Add a due date to tasks", {
      files: new Map([["main.go", "package main\n"]]),
    });
    expect(changes).toEqual([]);
    expect(summary).toContain("found neither here");
  });

  it("does not retry a failure", async () => {
    const model = createScaffoldModel({ sourceParser, chunkDelayMs: 0 });
    const options = callOptions({ prompt: "Add a due date to tasks", task: "iterate" });
    const { content } = await model.doGenerate({
      ...options,
      prompt: [...options.prompt, { role: "user", content: [{ type: "text", text: "app/models.py:3: syntax error" }] }],
    });
    expect(content).toEqual([{ type: "text", text: expect.stringContaining("cannot mend its own change") as string }]);
  });
});
