import type { z } from "zod";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import type { ModelToolCall } from "../ports.ts";
import { readFirstString } from "../text-answers/streamed-strings.ts";
import { allTools, findTool } from "./registry.ts";
import type { Tool } from "./tool.ts";

/** A call parsed as one of the tools, or why it is none and what it would have changed. */
type ReadCall<Offered extends Tool = Tool> = { status: "read"; tool: Offered; input: unknown } | UnreadCall;

export type UnreadCall = {
  status: "unread";
  /** Set if the call would have changed a file: it is then an open proposal. */
  change: { type: FileOperation | null; path: string | null; content?: string | undefined } | null;
  /** The problem in a few words: "no newText". */
  message: string;
  /** The same for the model, with the valid form. */
  report: string;
};

type Arguments = Record<string, unknown>;

/** Arguments that only describe a call. */
const remarks: ReadonlySet<string> = new Set([
  "description",
  "explanation",
  "reason",
  "reasoning",
  "instructions",
  "comment",
  "thought",
  "thoughts",
  "title",
  "purpose",
  "justification",
]);

/** Recognises by their arguments tools that change files, as opposed to tools that only read or think. */
const changingName =
  /write|creat|edit|updat|replac|insert|append|patch|delet|remov|renam|mov|save|modif|apply|touch|mkdir/i;
const changingArgument =
  /^(contents?|file_?text|code|patch|diff|edits?|new_?(text|str|string|content)|replacements?)$/i;
const shellName = /^(bash|shell|sh|exec|execute|run|terminal|cmd)|_(command|shell|bash)$|command$/i;
const writingCommand =
  />|\b(tee|sed\s+-i|rm|mv|cp|patch|git\s+(apply|mv|rm|checkout|restore)|mkdir|touch|truncate)\b|\bopen\([^)]*["'][wax]|write_text|writeFile|\bwrite\(/;
/** Todo lists of other programs, which are not files. */
const ownListName = /todo|plan|task|memory|memories|note/i;
const pathArguments = ["path", "file_path", "filePath", "file", "filename", "target_file", "source", "old_path"];

/**
 * Reads a call in every unambiguous form: with another program's name for a tool or an argument, with a remark beside
 * the arguments, with arguments as JSON text. Everything else is unreadable, and the result says what it would have
 * changed.
 */
export function readCall(call: Omit<ModelToolCall, "callId">): ReadCall;
export function readCall<Offered extends Tool>(
  call: Omit<ModelToolCall, "callId">,
  offered: readonly Offered[],
): ReadCall<Offered>;
export function readCall(
  { name, input, rawInput, invalidReason }: Omit<ModelToolCall, "callId">,
  offered: readonly Tool[] = allTools,
): ReadCall {
  const given = toArguments(input ?? rawInput);
  const { toolName, args } = given === null ? { toolName: name, args: {} } : translateEditorCall({ name, args: given });
  const tool = findTool(toolName, offered);
  if (given === null) {
    const message = invalidReason ?? "The arguments are not a JSON object.";
    const path = readPath(args) ?? readFirstString({ json: rawInput ?? "", keys: pathArguments });
    return {
      status: "unread",
      change: describeChange({ tool, name, args, path }),
      message,
      report: `The call was not executed: ${message}`,
    };
  }
  if (tool === null) {
    return {
      status: "unread",
      change: describeChange({ tool, name, args, path: readPath(args) }),
      message: `There is no tool ${name}.`,
      report: `There is no tool ${name}. The call was not executed. The tools are ${offered.map((each) => each.name).join(", ")}.`,
    };
  }
  const fitted = fitArguments({ tool, args });
  const parsed = tool.input.safeParse(fitted);
  if (parsed.success) return { status: "read", tool, input: parsed.data };
  const message = describeMisfit(parsed.error.issues);
  return {
    status: "unread",
    change: describeChange({ tool, name, args: fitted, path: readPath(fitted) }),
    message: `${message}.`,
    report: `The arguments of ${tool.name} do not fit: ${message}. The call was not executed. It takes ${describeArguments(tool)}.`,
  };
}

function toArguments(input: unknown): Arguments | null {
  if (typeof input === "string") {
    try {
      return toArguments(JSON.parse(input));
    } catch {
      return null;
    }
  }
  return typeof input === "object" && input !== null && !Array.isArray(input) ? (input as Arguments) : null;
}

/** Other programs' editor tool has a command argument; unambiguous commands are read. */
function translateEditorCall({ name, args }: { name: string; args: Arguments }): { toolName: string; args: Arguments } {
  const { command, ...rest } = args;
  if (!/^(str_replace(_based)?_edit(or|_tool)|text_editor|editor)$/i.test(name.split(/[./:]|__/).at(-1) ?? ""))
    return { toolName: name, args };
  switch (command) {
    case "create":
      return { toolName: "write_file", args: rest };
    case "str_replace":
      return { toolName: "edit_file", args: rest };
    case "view": {
      const { view_range: range, ...others } = rest;
      const [startLine, endLine] = Array.isArray(range) ? (range as unknown[]) : [];
      const lines = {
        ...(startLine === undefined ? {} : { startLine }),
        ...(endLine === undefined ? {} : { endLine }),
      };
      return { toolName: "read_file", args: { ...others, ...lines } };
    }
    default:
      return { toolName: name, args };
  }
}

/** The arguments under the tool's own names. If two map to one name, they stay unchanged and do not validate. */
function fitArguments({ tool, args }: { tool: Tool; args: Arguments }): Arguments {
  const fitted: Arguments = {};
  for (const [name, value] of Object.entries(args)) {
    if (value === null || (remarks.has(name) && !isArgument({ tool, name }))) continue;
    const own = isArgument({ tool, name }) ? name : (tool.argumentAliases[name] ?? name);
    const isTaken = own !== name && args[own] !== undefined && args[own] !== null;
    if (isTaken && args[own] === value) continue;
    fitted[isTaken || own in fitted ? name : own] = value;
  }
  return tool.changes !== null && tool.prepare !== undefined ? tool.prepare(fitted) : fitted;
}

function isArgument({ tool, name }: { tool: Tool; name: string }): boolean {
  return Object.hasOwn((tool.input as z.ZodObject).shape, name);
}

function describeArguments(tool: Tool): string {
  const shape = Object.entries((tool.input as z.ZodObject).shape);
  if (tool.name === "edit_file") return "path and edits, a list of {oldText, newText, replaceAll?}";
  return shape.map(([name, type]) => (type.safeParse(undefined).success ? `${name}?` : name)).join(", ");
}

function describeMisfit(issues: readonly z.core.$ZodIssue[]): string {
  return issues
    .map((issue) => {
      const last = issue.path.findLast((part) => typeof part === "string");
      if (issue.code === "unrecognized_keys") return `unknown ${issue.keys.join(", ")}`;
      if (issue.code === "invalid_type" && issue.message.endsWith("received undefined"))
        return `no ${String(last ?? "arguments")}`;
      return `${issue.path.join(".")}: ${issue.message}`;
    })
    .join("; ");
}

function describeChange({
  tool,
  name,
  args,
  path,
}: {
  tool: Tool | null;
  name: string;
  args: Arguments;
  path: string | null;
}): UnreadCall["change"] {
  const content = Object.entries(args).find(([key]) => changingArgument.test(key))?.[1];
  const text = typeof content === "string" ? { content } : {};
  if (tool !== null) return tool.changes === null ? null : { type: tool.changes, path, ...text };
  const isWritingCommand =
    shellName.test(name) &&
    Object.values(args).some((value) => typeof value === "string" && writingCommand.test(value));
  const isOwnList = ownListName.test(name) && path === null;
  const isChange =
    isWritingCommand ||
    (changingName.test(name) && !isOwnList) ||
    Object.keys(args).some((key) => changingArgument.test(key));
  return isChange ? { type: null, path, ...text } : null;
}

function readPath(args: Arguments): string | null {
  const path = pathArguments.map((name) => args[name]).find((value) => typeof value === "string" && value !== "");
  return typeof path === "string" ? path : null;
}
