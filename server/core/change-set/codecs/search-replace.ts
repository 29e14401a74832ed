import type { ChangeOperation } from "#lib/contracts/change-set.ts";
import type { ReadBlocks } from "./parse-text-answer.ts";

const searchMarker = /^<{5,9} ?SEARCH\s*$/;
const divider = /^={5,9}\s*$/;
const replaceMarker = /^>{5,9} ?REPLACE\s*$/;
const fenceLine = /^(\s*)(`{3,}|~{3,})\s*([^`]*)$/;

/**
 * Search/replace blocks and whole files: a path on a line of its own, then a fence that holds either blocks or the
 * complete text. Blocks without a fence are read too. A marker line inside content is not told from a real one, so an
 * answer with markers in the wrong order is unreadable.
 */
export function parseSearchReplace(text: string): ReadBlocks {
  const lines = text.split("\n");
  const operations: ChangeOperation[] = [];
  const prose: string[] = [];
  let index = 0;
  const stop = (problem: NonNullable<ReadBlocks["problem"]>): ReadBlocks => ({
    operations,
    prose: prose.join("\n"),
    problem,
  });

  while (index < lines.length) {
    const line = lines[index] ?? "";
    const fence = fenceLine.exec(line);
    if (fence !== null) {
      const read = readFence({ lines, index, fence, pathAbove: takePath(prose) });
      if (read.problem !== null) return stop(read.problem);
      if (read.operations.length === 0) prose.push(...lines.slice(index, read.nextIndex));
      operations.push(...read.operations);
      index = read.nextIndex;
    } else if (searchMarker.test(line)) {
      const path = takePath(prose) ?? lastPath(operations);
      if (path === null)
        return stop({ kind: "unreadable", reason: `The SEARCH block in line ${index + 1} has no path above it.` });
      const block = readBlock({ lines, index, path });
      if (block.problem !== null) return stop(block.problem);
      operations.push(block.operation);
      index = block.nextIndex;
    } else if (replaceMarker.test(line))
      return stop({ kind: "unreadable", reason: `The marker in line ${index + 1} closes no block.` });
    else {
      prose.push(line);
      index += 1;
    }
  }
  return { operations, prose: prose.join("\n"), problem: null };
}

type ReadFence = { operations: ChangeOperation[]; nextIndex: number; problem: ReadBlocks["problem"] };

function readFence({
  lines,
  index,
  fence,
  pathAbove,
}: {
  lines: string[];
  index: number;
  fence: RegExpExecArray;
  pathAbove: string | null;
}): ReadFence {
  const [, indent = "", ticks = "```", info = ""] = fence;
  const operations: ChangeOperation[] = [];
  let path =
    pathAbove ??
    readPathLine(
      info
        .trim()
        .split(/\s+/)
        .at(-1)
        ?.replace(/^[\w+-]+:(?=.*[./])/, "") ?? "",
    );
  let cursor = index + 1;
  const first = lines[cursor] ?? "";
  const pathInside = path === null && searchMarker.test((lines[cursor + 1] ?? "").trim()) ? readPathLine(first) : null;
  if (pathInside !== null) {
    path = pathInside;
    cursor += 1;
  }
  const content: string[] = [];
  const isClosing = (line: string) =>
    line.trim().startsWith(ticks) && line.trim().replaceAll(ticks.charAt(0), "") === "";
  while (cursor < lines.length) {
    const line = lines[cursor] ?? "";
    if (searchMarker.test(line.trim()) && content.every((each) => each.trim() === "")) {
      if (path === null)
        return {
          operations,
          nextIndex: cursor,
          problem: { kind: "unreadable", reason: `The SEARCH block in line ${cursor + 1} has no path above it.` },
        };
      const block = readBlock({ lines, index: cursor, path });
      if (block.problem !== null) return { operations, nextIndex: cursor, problem: block.problem };
      operations.push(block.operation);
      content.length = 0;
      cursor = block.nextIndex;
    } else if (isClosing(line)) {
      if (operations.length === 0 && path !== null)
        operations.push({ type: "write", path, content: joinContent({ content, indent }) });
      return { operations, nextIndex: cursor + 1, problem: null };
    } else {
      content.push(line);
      cursor += 1;
    }
  }
  return {
    operations,
    nextIndex: cursor,
    problem: { kind: "truncated", reason: `The fence in line ${index + 1} is not closed.` },
  };
}

function joinContent({ content, indent }: { content: string[]; indent: string }): string {
  if (content.length === 0) return "";
  return `${content.map((line) => (indent !== "" && line.startsWith(indent) ? line.slice(indent.length) : line)).join("\n")}\n`;
}

type ReadBlock =
  | { operation: ChangeOperation; nextIndex: number; problem: null }
  | { problem: NonNullable<ReadBlocks["problem"]> };

function readBlock({ lines, index, path }: { lines: string[]; index: number; path: string }): ReadBlock {
  const search: string[] = [];
  const replace: string[] = [];
  let isInReplace = false;
  for (let cursor = index + 1; cursor < lines.length; cursor += 1) {
    const line = lines[cursor] ?? "";
    if (searchMarker.test(line))
      return { problem: { kind: "unreadable", reason: `The block in line ${index + 1} holds another SEARCH marker.` } };
    if (divider.test(line)) {
      if (isInReplace)
        return {
          problem: {
            kind: "unreadable",
            reason: `The block in line ${index + 1} holds two dividers, so it is not clear where REPLACE begins. Use another block that does not hold such a line.`,
          },
        };
      isInReplace = true;
    } else if (replaceMarker.test(line)) {
      if (!isInReplace)
        return { problem: { kind: "unreadable", reason: `The block in line ${index + 1} has no divider.` } };
      const edit = { oldText: toBlockText(search), newText: toBlockText(replace), isWholeLines: true };
      // An empty SEARCH is how a model writes a new file.
      const operation: ChangeOperation =
        search.length === 0 ? { type: "write", path, content: edit.newText } : { type: "edit", path, edits: [edit] };
      return { operation, nextIndex: cursor + 1, problem: null };
    } else (isInReplace ? replace : search).push(line);
  }
  return { problem: { kind: "truncated", reason: `The block in line ${index + 1} is not closed.` } };
}

function toBlockText(lines: string[]): string {
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** The path on the last line of the prose, which is then no prose; null where that is no path. */
function takePath(prose: string[]): string | null {
  for (let index = prose.length - 1; index >= 0; index -= 1) {
    const line = prose[index] ?? "";
    if (line.trim() === "") continue;
    const path = readPathLine(line);
    if (path !== null) prose.length = index;
    return path;
  }
  return null;
}

function readPathLine(line: string): string | null {
  const text = line
    .trim()
    .replace(/^(?:#+|\/\/|--|\d+[.)]|[-*])\s+/, "")
    .replace(/^(?:file(?:name)?|path)\s*:\s*/i, "")
    .replace(/^[*_`"']+|[*_`"':]+$/g, "")
    .trim();
  const isPath =
    /^[^\s`*<>|"']+(?:\/[^`*<>|"']+)*$/.test(text) &&
    (/[./]/.test(text) || /^(?:Dockerfile|Makefile|Procfile|LICENSE|Gemfile)$/.test(text)) &&
    !/^https?:/.test(text) &&
    !/[.]$/.test(text);
  return isPath ? text : null;
}

function lastPath(operations: ChangeOperation[]): string | null {
  const last = operations.at(-1);
  return last === undefined || last.type === "move" ? null : last.path;
}

/** Prints a change set as blocks that `parseSearchReplace` reads back; for tests and for examples in prompts. */
export function printSearchReplace(
  operations: readonly Extract<ChangeOperation, { type: "edit" | "write" }>[],
): string {
  return operations
    .map((operation) => {
      if (operation.type === "write") return `${operation.path}\n\`\`\`\n${operation.content}\`\`\`\n`;
      const blocks = operation.edits.map(
        ({ oldText, newText }) => `<<<<<<< SEARCH\n${oldText}=======\n${newText}>>>>>>> REPLACE\n`,
      );
      return `${operation.path}\n\`\`\`\n${blocks.join("")}\`\`\`\n`;
    })
    .join("\n");
}
