import type { LanguageModelV4, LanguageModelV4Message, LanguageModelV4ToolCall } from "@ai-sdk/provider";

export type DrivenRun = {
  /** The files after the run. */
  files: ReadonlyMap<string, string>;
  /** Calls that change something, in order. */
  changes: { name: string; input: Record<string, unknown> }[];
  /** The model's last text, or the summary that it finished with. */
  summary: string;
  /** Reports of failed calls. */
  errors: string[];
  turns: number;
};

const maxTurns = 8;
const toolNames = [
  "list_files",
  "read_file",
  "search_files",
  "write_file",
  "edit_file",
  "delete_file",
  "move_file",
  "finish",
];

/**
 * Plays a run against the model with files in memory. Tools are strict: an edit requires its old text to occur once, a
 * write requires a new path, and anything else is reported as an error.
 */
export async function driveScaffold({
  model,
  files,
  prompt,
  techStack = null,
  scope = null,
}: {
  model: LanguageModelV4;
  files: ReadonlyMap<string, string>;
  prompt: string;
  techStack?: string | null;
  scope?: string | null;
}): Promise<DrivenRun> {
  const current = new Map(files);
  const header = [
    `Task: ${files.size === 0 ? "create" : "iterate"}`,
    `Tech stack: ${techStack ?? "none"}`,
    "Domain: none",
    `Scope: ${scope ?? "none"}`,
  ].join("\n");
  const messages: LanguageModelV4Message[] = [
    { role: "system", content: "You change a code project." },
    { role: "user", content: [header, "The project's files (data):", prompt].map((text) => ({ type: "text", text })) },
  ];
  const run = { changes: [] as DrivenRun["changes"], summary: "", errors: [] as string[] };
  for (let turn = 1; turn <= maxTurns; turn += 1) {
    const { content } = await model.doGenerate({
      prompt: messages,
      tools: toolNames.map((name) => ({ type: "function", name, inputSchema: { type: "object" } })),
    });
    const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
    const calls = content.filter((part) => part.type === "tool-call");
    if (calls.length === 0) return { ...run, summary: text, files: current, turns: turn };
    messages.push({
      role: "assistant",
      content: calls.map(({ toolCallId, toolName, input }) => ({
        type: "tool-call",
        toolCallId,
        toolName,
        input: JSON.parse(input) as unknown,
      })),
    });
    const results = calls.map((call) => ({ call, ...execute({ call, files: current, run }) }));
    messages.push({
      role: "tool",
      content: results.map(({ call, value, isError }) => ({
        type: "tool-result",
        toolCallId: call.toolCallId,
        toolName: call.toolName,
        output: { type: isError ? "error-text" : "text", value },
      })),
    });
    const isFinished = calls.some(({ toolName }) => toolName === "finish") && results.every(({ isError }) => !isError);
    if (isFinished) return { ...run, files: current, turns: turn };
  }
  throw new Error(`The run did not end within ${maxTurns} turns.`);
}

function execute({
  call,
  files,
  run,
}: {
  call: LanguageModelV4ToolCall;
  files: Map<string, string>;
  run: { changes: DrivenRun["changes"]; summary: string; errors: string[] };
}): { value: string; isError: boolean } {
  const input = JSON.parse(call.input) as Record<string, unknown>;
  const path = String(input["path"] ?? "");
  const answer = (value: string): { value: string; isError: boolean } => ({ value, isError: false });
  const fail = (value: string): { value: string; isError: boolean } => {
    run.errors.push(value);
    return { value, isError: true };
  };
  if (["write_file", "edit_file", "delete_file"].includes(call.toolName))
    run.changes.push({ name: call.toolName, input });
  const text = files.get(path);
  switch (call.toolName) {
    case "list_files":
      return answer([...files].map(([name, content]) => `${name}  ${Buffer.byteLength(content)} bytes`).join("\n"));
    case "read_file":
      return text === undefined ? fail(`There is no file ${path}.`) : answer(text);
    case "write_file":
      if (text !== undefined && text !== "") return fail(`${path} exists already.`);
      files.set(path, String(input["content"]));
      return answer(`Applied: ${path}`);
    case "edit_file": {
      if (text === undefined) return fail(`There is no file ${path}.`);
      let edited = text;
      for (const { oldText, newText } of input["edits"] as { oldText: string; newText: string }[]) {
        const occurrences = edited.split(oldText).length - 1;
        if (occurrences !== 1 || oldText === "" || text.split(oldText).length !== 2) {
          return fail(`${path}: the old text occurs ${occurrences} times:\n${oldText}`);
        }
        edited = edited.replace(oldText, () => newText);
      }
      files.set(path, edited);
      return answer(`Applied: ${path}`);
    }
    case "delete_file":
      return files.delete(path) ? answer(`Applied: ${path}`) : fail(`There is no file ${path}.`);
    case "finish":
      run.summary = String(input["summary"]);
      return answer("Noted.");
    default:
      return fail(`There is no tool ${call.toolName}.`);
  }
}
