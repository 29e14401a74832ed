import type { ChangeOperation, TextEdit } from "#lib/contracts/change-set.ts";
import type { ReadBlocks } from "./parse-text-answer.ts";

const sectionHeader = /^\*\*\* (Add|Update|Delete) File: (.+?)\s*$/;
const moveHeader = /^\*\*\* Move to: (.+?)\s*$/;

/**
 * The `*** Begin Patch` envelope with Add, Update, Delete and Move. `text` starts with the begin line; `rest` is what
 * stands behind the end line. A hunk becomes a search/replace block; headings, line numbers and the end of file only
 * tell apart places that its lines fit alike.
 */
export function parsePatchEnvelope(text: string): { result: ReadBlocks; rest: string } {
  const lines = text.split("\n");
  const operations: ChangeOperation[] = [];
  const stop = (problem: ReadBlocks["problem"], nextIndex: number) => ({
    result: { operations, prose: "", problem },
    rest: lines.slice(nextIndex).join("\n"),
  });
  let index = 1;
  while (index < lines.length) {
    const line = lines[index] ?? "";
    if (/^\*\*\* End Patch\s*$/.test(line)) return stop(null, index + 1);
    if (line.trim() === "") {
      index += 1;
      continue;
    }
    const header = sectionHeader.exec(line);
    if (header === null)
      return stop(
        { kind: "unreadable", reason: `${JSON.stringify(line.slice(0, 100))} is no section of a patch.` },
        index,
      );
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
  while (end < lines.length && !sectionHeader.test(lines[end] ?? "") && !/^\*\*\* End Patch\s*$/.test(lines[end] ?? ""))
    end += 1;
  return end;
}

type Section = { operations: ChangeOperation[] } | { problem: string };

function readSection({ kind, path, body }: { kind: string; path: string; body: string[] }): Section {
  if (kind === "Delete") return { operations: [{ type: "delete", path }] };
  if (kind === "Add") {
    const content = body.filter((line, index) => line !== "" || index < body.length - 1);
    const wrong = content.find((line) => !line.startsWith("+"));
    if (wrong !== undefined)
      return {
        problem: `A line of the new file ${path} does not begin with +: ${JSON.stringify(wrong.slice(0, 100))}.`,
      };
    return { operations: [{ type: "write", path, content: content.map((line) => `${line.slice(1)}\n`).join("") }] };
  }
  const destination = moveHeader.exec(body[0] ?? "")?.[1];
  const edits = readHunks(destination === undefined ? body : body.slice(1));
  if (typeof edits === "string") return { problem: `${path}: ${edits}` };
  const operations: ChangeOperation[] = edits.length === 0 ? [] : [{ type: "edit", path, edits }];
  if (destination !== undefined) operations.push({ type: "move", source: path, destination });
  return operations.length === 0 ? { problem: `The section of ${path} changes nothing.` } : { operations };
}

type Hunk = { headings: string[]; nearLine: number | null; oldLines: string[]; newLines: string[]; isAtEnd: boolean };

const unifiedRange = /^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@/;

/** Edits, or why the hunks cannot be read. */
function readHunks(body: string[]): TextEdit[] | string {
  const hunks: Hunk[] = [];
  let hunk = openHunk();
  const isBegun = () => hunk.oldLines.length + hunk.newLines.length > 0;
  const close = () => {
    if (isBegun()) hunks.push(hunk);
    hunk = openHunk();
  };
  for (const line of body) {
    if (line.startsWith("@@")) {
      // Headings stack up in front of a hunk: a class, then the method in it.
      if (isBegun()) close();
      const range = unifiedRange.exec(line);
      const heading = line
        .slice(2)
        .replace(/@@\s*$/, "")
        .trim();
      if (range !== null) hunk.nearLine = Math.max(1, Number(range[1]));
      else if (heading !== "") hunk.headings.push(heading);
    } else if (/^\*\*\* End of File\s*$/.test(line)) {
      hunk.isAtEnd = true;
      close();
    } else if (line.startsWith("+")) hunk.newLines.push(line.slice(1));
    else if (line.startsWith("-")) hunk.oldLines.push(line.slice(1));
    else if (line.startsWith(" ") || line === "") {
      hunk.oldLines.push(line.slice(1));
      hunk.newLines.push(line.slice(1));
    } else if (line !== "\\ No newline at end of file")
      return `${JSON.stringify(line.slice(0, 100))} begins with none of space, + and -.`;
  }
  // A blank last line is the gap before the next section, not context.
  if (body.at(-1) === "" && hunk.oldLines.at(-1) === "" && hunk.newLines.at(-1) === "") {
    hunk.oldLines.pop();
    hunk.newLines.pop();
  }
  close();
  const edits = hunks.map(toEdit).filter(({ oldText, newText }) => oldText !== newText);
  return edits.some(({ oldText }) => oldText === "")
    ? "a hunk has no line of the file, so its place is not known."
    : edits;
}

function openHunk(): Hunk {
  return { headings: [], nearLine: null, oldLines: [], newLines: [], isAtEnd: false };
}

function toEdit({ headings, nearLine, oldLines, newLines, isAtEnd }: Hunk): TextEdit {
  const toText = (lines: string[]) => lines.map((line) => `${line}\n`).join("");
  return {
    oldText: toText(oldLines),
    newText: toText(newLines),
    isWholeLines: true,
    ...(headings.length === 0 ? {} : { within: headings }),
    ...(nearLine === null ? {} : { nearLine }),
    ...(isAtEnd ? { isAtEnd } : {}),
  };
}

/**
 * Prints a change set as an envelope that `parsePatchEnvelope` reads back. Blocks are whole lines here, each hunk of
 * its old and its new lines.
 */
export function printPatchEnvelope(operations: readonly ChangeOperation[]): string {
  const lines = (text: string, sign: string) =>
    text === ""
      ? ""
      : text
          .replace(/\n$/, "")
          .split("\n")
          .map((line) => `${sign}${line}\n`)
          .join("");
  const sections = operations.map((operation) => {
    switch (operation.type) {
      case "write":
        return `*** Add File: ${operation.path}\n${lines(operation.content, "+")}`;
      case "delete":
        return `*** Delete File: ${operation.path}\n`;
      case "move":
        return `*** Update File: ${operation.source}\n*** Move to: ${operation.destination}\n`;
      case "edit":
        return `*** Update File: ${operation.path}\n${operation.edits.map((edit) => `@@\n${lines(edit.oldText, "-")}${lines(edit.newText, "+")}`).join("")}`;
    }
  });
  return `*** Begin Patch\n${sections.join("")}*** End Patch\n`;
}
