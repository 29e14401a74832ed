import type { ChangeOperation } from "#lib/contracts/change-set.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { decodeText } from "#server/core/file-content.ts";
import { compileGlobs } from "#server/core/glob/compile-globs.ts";
import { isModelToolName, modelToolInputs } from "./model-tools.ts";
import type { ModelMessage, ModelToolCall, ModelToolResult, ModelTurn, RunEventLog } from "./ports.ts";
import type { Workspace } from "./workspace.ts";

const maxListedFiles = 2_000;
const maxReadBytes = 200_000;
const maxSearchHits = 100;
const maxSearchedFiles = 2_000;

/** What a turn led to: the model is done, goes on, or has to be asked again because its answer was incomplete. */
export type ReadTurn =
  | { state: "finished"; reply: ModelMessage[]; summary: string }
  | { state: "working"; reply: ModelMessage[] }
  | { state: "incomplete"; reply: ModelMessage[] };

const goOn =
  "Your answer was cut off. The operations that were complete are applied; do not send them again. Go on with the next one.";

const changingTools: ReadonlySet<string> = new Set(["write_file", "edit_file", "delete_file", "move_file"]);

type ToolAnswer = { text: string; isError: boolean };

/** Executes the tool calls of a turn against the workspace, in order. Calls that could not be read are never executed. */
export class ToolExecutor {
  readonly #workspace: Workspace;
  readonly #events: RunEventLog;
  #finishSummary: string | null = null;
  #lastRefusals = "";
  /** Changes that were asked for in the last turn and that nobody could read. */
  #unreadChanges: string[] = [];

  constructor({ workspace, events }: { workspace: Workspace; events: RunEventLog }) {
    this.#workspace = workspace;
    this.#events = events;
  }

  /**
   * @throws AppError MODEL_OUTPUT_INVALID where the model stops at a change that could not be read: what it would have
   *   been is unknown
   */
  async read(turn: ModelTurn): Promise<ReadTurn> {
    this.#finishSummary = null;
    const lastUnreadChanges = this.#unreadChanges;
    this.#unreadChanges = [];
    const results: ModelToolResult[] = [];
    for (const call of turn.toolCalls)
      results.push({ callId: call.callId, name: call.name, ...(await this.#execute(call)) });
    const reply: ModelMessage[] = results.length === 0 ? [] : [{ role: "tool", results }];
    if (turn.finishReason === "length")
      return { state: "incomplete", reply: [...reply, { role: "user", parts: [goOn] }] };
    const refusals = results.flatMap(({ isError, text }) => (isError ? [text] : [])).join("\n\n");
    // A model that gets the same refusals for a second time does not see what is wrong: the whole of it goes back in a repair round.
    const isStuck = refusals !== "" && refusals === this.#lastRefusals;
    this.#lastRefusals = refusals;
    const isFinished = results.length === 0 || isStuck || (this.#finishSummary !== null && refusals === "");
    const lostChanges = results.length === 0 ? lastUnreadChanges : this.#unreadChanges;
    if (isFinished && lostChanges.length > 0) throw unreadable(lostChanges);
    return isFinished
      ? { state: "finished", reply, summary: this.#finishSummary ?? turn.text }
      : { state: "working", reply };
  }

  async #execute(call: ModelToolCall): Promise<ToolAnswer> {
    if (call.invalidReason !== undefined) {
      if (changingTools.has(call.name)) this.#unreadChanges.push(call.name);
      return refuse(`The call was not executed: ${call.invalidReason}`);
    }
    if (!isModelToolName(call.name))
      return refuse(`There is no tool ${call.name}. The tools are ${Object.keys(modelToolInputs).join(", ")}.`);
    const { name } = call;
    switch (name) {
      case "list_files":
        return withInput(modelToolInputs.list_files.safeParse(call.input), ({ glob }) => this.#list(glob));
      case "read_file":
        return withInput(modelToolInputs.read_file.safeParse(call.input), (input) => this.#readFile(input));
      case "search_files":
        return withInput(modelToolInputs.search_files.safeParse(call.input), (input) => this.#search(input));
      case "write_file":
        return withInput(modelToolInputs.write_file.safeParse(call.input), (input) =>
          this.#apply({ type: "write", ...input }),
        );
      case "edit_file":
        return withInput(modelToolInputs.edit_file.safeParse(call.input), ({ path, edits }) =>
          this.#apply({ type: "edit", path, edits }),
        );
      case "delete_file":
        return withInput(modelToolInputs.delete_file.safeParse(call.input), (input) =>
          this.#apply({ type: "delete", ...input }),
        );
      case "move_file":
        return withInput(modelToolInputs.move_file.safeParse(call.input), (input) =>
          this.#apply({ type: "move", ...input }),
        );
      case "finish":
        return withInput(modelToolInputs.finish.safeParse(call.input), ({ summary }) => this.#finish(summary));
    }
  }

  #list(glob: string | undefined): ToolAnswer {
    const isWanted = toPathTest(glob);
    const files = this.#workspace.listFiles().filter(([path]) => isWanted(path));
    this.#look(glob === undefined ? "Listed the files" : `Listed ${glob}`);
    const lines = files.slice(0, maxListedFiles).map(([path, { sizeBytes }]) => `${path}  ${sizeBytes} bytes`);
    if (files.length > maxListedFiles) lines.push(`… and ${files.length - maxListedFiles} more: use a glob`);
    return { text: lines.length === 0 ? "No files." : lines.join("\n"), isError: false };
  }

  async #readFile({
    path,
    startLine,
    endLine,
  }: {
    path: string;
    startLine?: number | undefined;
    endLine?: number | undefined;
  }): Promise<ToolAnswer> {
    const entry = this.#workspace.find(path as FilePath);
    if (entry === undefined) return refuse(`There is no file ${path}. Use list_files.`);
    if (entry.isBinary) return refuse(`${path} is binary: it cannot be shown.`);
    const isPart = startLine !== undefined || endLine !== undefined;
    if (!isPart && entry.sizeBytes > maxReadBytes)
      return refuse(`${path} has ${entry.sizeBytes} bytes: read it in parts, with startLine and endLine.`);
    this.#look(`Read ${path}`);
    if (!isPart) return { text: (await this.#workspace.readWhole(path as FilePath)) ?? "", isError: false };
    const bytes = await this.#workspace.read(path as FilePath);
    const lines = (bytes === null ? "" : (decodeText(bytes) ?? "")).split("\n");
    const part = lines.slice((startLine ?? 1) - 1, endLine ?? lines.length).join("\n");
    return part.length > maxReadBytes
      ? refuse("These lines are too long to show at once. Ask for fewer.")
      : { text: part, isError: false };
  }

  async #search({ query, glob }: { query: string; glob?: string | undefined }): Promise<ToolAnswer> {
    this.#look(`Searched for "${query}"`);
    const isWanted = toPathTest(glob);
    const files = this.#workspace
      .listFiles()
      .filter(([path, entry]) => !entry.isBinary && entry.sizeBytes <= maxReadBytes && isWanted(path))
      .slice(0, maxSearchedFiles);
    const contents = await this.#workspace.readAll(files.map(([, entry]) => entry));
    const wanted = query.toLowerCase();
    const hits: string[] = [];
    for (const [path, { contentHash }] of files) {
      const bytes = contents.get(contentHash);
      const lines = (bytes === undefined ? "" : (decodeText(bytes) ?? "")).split("\n");
      for (const [index, line] of lines.entries()) {
        if (line.toLowerCase().includes(wanted)) hits.push(`${path}:${index + 1}: ${line.slice(0, 300)}`);
        if (hits.length >= maxSearchHits)
          return { text: `${hits.join("\n")}\n… more: narrow the search`, isError: false };
      }
    }
    return { text: hits.length === 0 ? "No line contains it." : hits.join("\n"), isError: false };
  }

  async #apply(operation: ChangeOperation): Promise<ToolAnswer> {
    const result = await this.#workspace.apply(operation);
    if (result.status === "applied") {
      const { path, additions, deletions } = result.change;
      this.#events.append({ type: "file.done", path, operation: operation.type, additions, deletions });
      return { text: `Applied: ${path} +${additions} -${deletions}`, isError: false };
    }
    for (const { path, code, message } of result.failures)
      this.#events.append({ type: "file.failed", path, operation: operation.type, code, message });
    return refuse(result.failures.map(({ code, report }) => `${code}: ${report}`).join("\n\n"));
  }

  #finish(summary: string): ToolAnswer {
    this.#finishSummary = summary;
    return { text: "Noted.", isError: false };
  }

  #look(text: string): void {
    this.#events.append({ type: "model.looked", text });
  }
}

type Parsed<Input> =
  | { success: true; data: Input }
  | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };

async function withInput<Input>(
  parsed: Parsed<Input>,
  execute: (input: Input) => ToolAnswer | Promise<ToolAnswer>,
): Promise<ToolAnswer> {
  if (parsed.success) return execute(parsed.data);
  return refuse(
    `The arguments do not fit: ${parsed.error.issues.map(({ path, message }) => `${path.join(".") || "input"}: ${message}`).join("; ")}. The call was not executed.`,
  );
}

function unreadable(toolNames: readonly string[]): AppError {
  return new AppError({
    code: "MODEL_OUTPUT_INVALID",
    message: `The model sent a change that could not be read (${[...new Set(toolNames)].join(", ")}), and did not send it again. Without it the result would be incomplete. Run it again, or choose another model.`,
  });
}

function refuse(text: string): ToolAnswer {
  return { text, isError: true };
}

function toPathTest(glob: string | undefined): (path: string) => boolean {
  return glob === undefined ? () => true : compileGlobs([glob]);
}
