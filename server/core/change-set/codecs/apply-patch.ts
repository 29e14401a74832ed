import type { ChangeOperation, TextEdit } from "#lib/contracts/change-set.ts";
import type { ReadBlocks } from "./parse-text-answer.ts";

const sectionHeader = /^\*\*\* (Add|Update|Delete) File: (.+?)\s*$/;
const moveHeader = /^\*\*\* Move to: (.+?)\s*$/;

/**
 * The `*** Begin Patch` envelope with Add, Update, Delete and Move. `text` starts with the begin line; `rest` is what
 * stands behind the end line. A hunk becomes a search/replace block; `@@` lines only separate hunks here, since a block that
 * is not unique is refused and not placed by a heading.
 */
export function parsePatchEnvelope(text: string): { result: ReadBlocks; rest: string } {
  const lines = text.split("\n");
  const operations: ChangeOperation[] = [];
  const stop = (problem: ReadBlocks["problem"], nextIndex: number) => ({ result: { operations, prose: "", problem }, rest: lines.slice(nextIndex).join("\n") });
  let index = 1;
  while (index < lines.length) {
    const line = lines[index] ?? "";
    if (/^\*\*\* End Patch\s*$/.test(line)) return stop(null, index + 1);
    if (line.trim() === "") {
      index += 1;
      continue;
    }
    const header = sectionHeader.exec(line);
    if (header === null) return stop({ kind: "unreadable", reason: `${JSON.stringify(line.slice(0, 100))} is no section of a patch.` }, index);
    const [, kind, path = ""] = header;
    const end = findSectionEnd({ lines, index: index + 1 });
    // The last section of a patch without an end may be cut off anywhere, so that it is not used.
    if (end === lines.length) return stop({ kind: "truncated", reason: "The patch has no *** End Patch line." }, end);
    const section = readSection({ kind: kind ?? "", path, body: lines.slice(index + 1, end) });
    if ("problem" in section) return stop({ kind: "unreadable", reason: section.problem }, index);
    operations.push(...section.operations);
    index = end;
  }
  return stop({ kind: "truncated", reason: "The patch has no *** End Patch line." }, lines.length);
}

function findSectionEnd({ lines, index }: { lines: string[]; index: number }): number {
  let end = index;
  while (end < lines.length && !sectionHeader.test(lines[end] ?? "") && !/^\*\*\* End Patch\s*$/.test(lines[end] ?? "")) end += 1;
  return end;
}

type Section = { operations: ChangeOperation[] } | { problem: string };

function readSection({ kind, path, body }: { kind: string; path: string; body: string[] }): Section {
  if (kind === "Delete") return { operations: [{ type: "delete", path }] };
  if (kind === "Add") {
    const content = body.filter((line, index) => line !== "" || index < body.length - 1);
    const wrong = content.find((line) => !line.startsWith("+"));
    if (wrong !== undefined) return { problem: `A line of the new file ${path} does not begin with +: ${JSON.stringify(wrong.slice(0, 100))}.` };
    return { operations: [{ type: "write", path, content: content.map((line) => `${line.slice(1)}\n`).join("") }] };
  }
  const destination = moveHeader.exec(body[0] ?? "")?.[1];
  const edits = readHunks(destination === undefined ? body : body.slice(1));
  if (typeof edits === "string") return { problem: `${path}: ${edits}` };
  const operations: ChangeOperation[] = edits.length === 0 ? [] : [{ type: "edit", path, edits }];
  if (destination !== undefined) operations.push({ type: "move", source: path, destination });
  return operations.length === 0 ? { problem: `The section of ${path} changes nothing.` } : { operations };
}

/** Edits, or why the hunks cannot be read. */
function readHunks(body: string[]): TextEdit[] | string {
  const edits: TextEdit[] = [];
  let oldLines: string[] = [];
  let newLines: string[] = [];
  const close = () => {
    const toText = (hunk: string[]) => hunk.map((line) => `${line}\n`).join("");
    if (oldLines.length + newLines.length > 0 && toText(oldLines) !== toText(newLines)) edits.push({ oldText: toText(oldLines), newText: toText(newLines) });
    oldLines = [];
    newLines = [];
  };
  for (const line of body) {
    if (line.startsWith("@@") || /^\*\*\* End of File\s*$/.test(line)) close();
    else if (line.startsWith("+")) newLines.push(line.slice(1));
    else if (line.startsWith("-")) oldLines.push(line.slice(1));
    else if (line.startsWith(" ") || line === "") {
      oldLines.push(line.slice(1));
      newLines.push(line.slice(1));
    } else return `${JSON.stringify(line.slice(0, 100))} begins with none of space, + and -.`;
  }
  // A blank last line is the gap before the next section, not context.
  if (body.at(-1) === "" && oldLines.at(-1) === "" && newLines.at(-1) === "") {
    oldLines.pop();
    newLines.pop();
  }
  close();
  return edits.some(({ oldText }) => oldText === "") ? "a hunk has no line of the file, so its place is not known." : edits;
}
