/** A tool call that a model wrote as text. `end` is the line after it, or the limit if nothing closes it. */
type WrittenCall = { toolName: string | undefined; path: string | null; end: number; isClosed: boolean };

const toolNames =
  "write_file|edit_file|delete_file|move_file|read_file|list_files|search_files|finish|create_file|write_to_file|replace_in_file|apply_diff|apply_patch|str_replace|str_replace_editor|str_replace_based_edit_tool|insert_content|execute_command|run_command|bash|shell";
const openings: readonly { pattern: RegExp; close: RegExp }[] = [
  { pattern: /^\s*<(?:antml:)?function_calls>/i, close: /<\/(?:antml:)?function_calls>/i },
  { pattern: /^\s*<tool_calls?>/i, close: /<\/tool_calls?>/i },
  { pattern: /^\s*<function=[\w.-]+>/i, close: /<\/function>/i },
  { pattern: /^\s*<function\s+name=/i, close: /<\/function>/i },
  { pattern: /^\s*<(?:antml:)?invoke\s+name=/i, close: /<\/(?:antml:)?invoke>/i },
  { pattern: /^\s*<tool_use\b[^>]*>/i, close: /<\/tool_use>/i },
  { pattern: /^\s*\[TOOL_CALLS?\]/, close: /\[\/TOOL_CALLS?\]|^\s*$/ },
  { pattern: /^\s*\[TOOL_REQUEST\]/, close: /\[END_TOOL_REQUEST\]/ },
  {
    pattern: /^\s*<[|｜]tool[▁_]calls?[▁_](?:section[▁_])?begin[|｜]>/,
    close: /<[|｜]tool[▁_]calls?[▁_](?:section[▁_])?end[|｜]>/,
  },
  { pattern: /^\s*<\|(?:python_tag|tool_call)\|>/, close: /^\s*$|<\/?\|tool_call\|>\s*$/ },
];
const toolTag = new RegExp(`^\\s*<(${toolNames})(?:\\s[^<>]*)?>\\s*$|^\\s*<(${toolNames})>\\s*<`, "i");
const actionTag =
  /^\s*<(boltAction|dyad-write|dyad-delete|dyad-rename|lov-write|artifact|create|action|file|edit|write)\s[^>]*\b(?:path|filePath|file_path|file|from)=(?:"|')/i;
const callLine = new RegExp(
  `^\\s*(?:functions\\.|default_api\\.|tools\\.|print\\()?(?:default_api\\.)?(${toolNames})\\s*\\(\\s*(?:\\{|path\\s*=|file|source\\s*=|command\\s*=|$)`,
);
const jsonName = new RegExp(
  `"(?:name|tool|tool_name|function|action|recipient_name)"\\s*:\\s*(?:\\{\\s*"name"\\s*:\\s*)?"(?:functions\\.)?(${toolNames})"`,
);
const jsonArguments = /"(?:arguments|parameters|params|input|args|tool_input|action_input|path|file_path|content)"\s*:/;
/** A change as JSON in an unrequested form: a path and a text. */
const jsonPath = /"(?:path|file|file_path|filePath|filename|target_file)"\s*:\s*"[^"\n]{1,300}\.\w{1,12}"/;
const jsonText =
  /"(?:content|contents|code|new_content|edits|diff|patch|search|replace|replacement|(?:old|new)(?:_?(?:text|str|string|code|content))?)"\s*:/i;
/** Paths as keys, each with its file's text. */
const jsonFileMap = /"[^"\s:]{1,300}\.[a-z]\w{0,11}"\s*:\s*"(?:[^"\\]|\\.)*\\n/i;
const jsonStart = /^\s*(?:\[\s*$|(?:\[\s*)?\{)/;

const toolNameIn = [
  /<function=([\w.-]+)>/i,
  /<(?:antml:)?(?:invoke|function)\s+name=["']?([\w.-]+)/i,
  /"(?:name|tool|tool_name|recipient_name)"\s*:\s*"(?:functions\.)?([\w.-]+)"/,
  /function<[|｜]tool[▁_]sep[|｜]>([\w.-]+)/,
];
const pathIn = [
  /"(?:path|file_path|filePath|filename|file|target_file|source)"\s*:\s*"((?:[^"\\]|\\.){1,1000})"/,
  /<parameter=(?:path|file_path|source)>\s*([^<\n]+?)\s*<\/parameter>/i,
  /<(?:antml:)?parameter\s+name=["'](?:path|file_path|source)["'][^>]*>\s*([^<\n]+?)\s*</i,
  /<(?:path|file_path|source)>\s*([^<\n]+?)\s*<\//i,
  /\b(?:path|filePath|file_path|source)\s*=\s*["']([^"'\n]+)["']/i,
];

/** How many lines of a call are searched for its name and path; contents come later. */
const maxHeadLength = 4_000;
/** A JSON call has its tool's name on one of its first lines. */
const maxJsonHeadLines = 12;

/** Reads a call that begins on line `index`, outside fences or as the first line in one; null if none does. */
export function findCall({
  lines,
  index,
  limit,
}: {
  lines: readonly string[];
  index: number;
  limit: number;
}): WrittenCall | null {
  const line = lines[index] ?? "";
  if (!/[<[{(]/.test(line)) return null;
  const opening = openings.find(({ pattern }) => pattern.test(line));
  if (opening !== undefined)
    return describe({ lines, index, ...findClose({ lines, index, limit, close: opening.close }) });
  const tag = toolTag.exec(line);
  const action = actionTag.exec(line)?.[1];
  const name = tag?.[1] ?? tag?.[2] ?? action;
  if (name !== undefined) {
    const close = new RegExp(`</${name}>|/>\\s*$`, "i");
    return describe({ lines, index, ...findClose({ lines, index, limit, close }), toolName: name });
  }
  const called = callLine.exec(line)?.[1];
  if (called !== undefined)
    return describe({ lines, index, ...findClose({ lines, index, limit, close: /\)\s*;?\s*$/ }), toolName: called });
  return jsonStart.test(line) ? findJsonCall({ lines, index, limit }) : null;
}

function findJsonCall({
  lines,
  index,
  limit,
}: {
  lines: readonly string[];
  index: number;
  limit: number;
}): WrittenCall | null {
  const head = headOf({ lines, index, limit: Math.min(limit, index + maxJsonHeadLines) });
  const toolName = jsonName.exec(head)?.[1];
  const isCall = toolName !== undefined && jsonArguments.test(head);
  if (!isCall && !(jsonPath.test(head) && jsonText.test(head)) && !jsonFileMap.test(head)) return null;
  return describe({
    lines,
    index,
    ...findClose({ lines, index, limit, close: /^[\]}]|^\s*$|\}\s*\]?\s*$/ }),
    toolName,
  });
}

function findClose({
  lines,
  index,
  limit,
  close,
}: {
  lines: readonly string[];
  index: number;
  limit: number;
  close: RegExp;
}): Pick<WrittenCall, "end" | "isClosed"> {
  for (let cursor = index; cursor < limit; cursor += 1)
    if (close.test(lines[cursor] ?? "")) return { end: cursor + 1, isClosed: true };
  return { end: limit, isClosed: false };
}

function describe({
  lines,
  index,
  end,
  isClosed,
  toolName,
}: {
  lines: readonly string[];
  index: number;
  end: number;
  isClosed: boolean;
  toolName?: string;
}): WrittenCall {
  const head = headOf({ lines, index, limit: end });
  const find = (patterns: readonly RegExp[]) =>
    patterns.map((pattern) => pattern.exec(head)?.[1]).find((each) => each !== undefined);
  return { toolName: toolName ?? find(toolNameIn), path: find(pathIn) ?? null, end, isClosed };
}

function headOf({ lines, index, limit }: { lines: readonly string[]; index: number; limit: number }): string {
  let head = "";
  for (let cursor = index; cursor < limit && head.length < maxHeadLength; cursor += 1)
    head += `${(lines[cursor] ?? "").slice(0, maxHeadLength)}\n`;
  return head;
}
