import { insertLinesBefore, removeLines, spliceText } from "#server/builtin/edits/splice-text.ts";
import type { NextProject, PlacedConstant } from "../read-next-project.ts";
import type { LiteralEntry } from "./typescript-module.ts";

/**
 * Adds entries to an object or array literal, after the last one that passes, one per line. `lines` have an indentation
 * of two.
 */
export function addEntries({
  project,
  place,
  lines,
  isAnchor = () => true,
}: {
  project: NextProject;
  place: PlacedConstant;
  lines: readonly string[];
  isAnchor?: (entry: LiteralEntry) => boolean;
}): void {
  const { draft } = project;
  const { path, constant } = place;
  const text = draft.find(path);
  if (text === null || constant.literal === null) return;
  const { start, end, entries } = constant.literal;
  const anchor = entries.filter(isAnchor).at(-1) ?? entries.at(-1);
  const closing = text.charAt(end - 1);
  if (anchor === undefined) {
    draft.write({
      path,
      text: spliceText({ text, start: start + 1, end: end - 1, insert: `\n${lines.join("\n")}\n` }),
    });
    return;
  }
  const behind = /^\s*,/.exec(text.slice(anchor.end))?.[0] ?? "";
  const indent = /[ \t]*$/.exec(text.slice(0, anchor.start))?.[0] ?? "  ";
  const isMultiline = text.slice(start, end).includes("\n");
  if (!isMultiline) {
    const inner = [...entries.map((entry) => entry.text), ...lines.map((line) => line.trim().replace(/,$/, ""))];
    draft.write({
      path,
      text: spliceText({
        text,
        start: start + 1,
        end: end - 1,
        insert: closing === "}" ? ` ${inner.join(", ")} ` : inner.join(", "),
      }),
    });
    return;
  }
  const insert = `${behind === "" ? "," : ""}\n${lines.map((line) => line.replace(/^ {2}/, indent)).join("\n")}`;
  const at = anchor.end + behind.length;
  const inserted = spliceText({ text, start: at, end: at, insert });
  draft.write({ path, text: inserted });
}

/** Removes the entries that pass, with their lines. False if none does. */
export function removeEntries({
  project,
  place,
  isGone,
}: {
  project: NextProject;
  place: PlacedConstant;
  isGone: (entry: LiteralEntry) => boolean;
}): boolean {
  const { draft } = project;
  const { path, constant } = place;
  const gone = (constant.literal?.entries ?? []).filter(isGone);
  if (gone.length === 0) return false;
  const text = gone.toReversed().reduce(
    (current, { start, end }) => {
      const isOwnLine =
        /\n[ \t]*$/.test(current.slice(0, start)) && /^,?[ \t]*(?:\/\/[^\n]*)?\n/.test(current.slice(end));
      if (isOwnLine) return removeLines({ text: current, start, end });
      const comma = /^,\s*/.exec(current.slice(end))?.[0].length ?? 0;
      return current.slice(0, start) + current.slice(end + comma);
    },
    draft.find(path) ?? "",
  );
  draft.write({ path, text });
  return true;
}

/** Inserts a statement before a constant and its comment, separated by a blank line. */
export function insertBeforeConstant({
  project,
  place,
  statement,
}: {
  project: NextProject;
  place: PlacedConstant;
  statement: string;
}): void {
  const text = project.draft.find(place.path) ?? "";
  project.draft.write({
    path: place.path,
    text: insertLinesBefore({ text, offset: place.constant.start, lines: `${statement}\n` }),
  });
}

/** Removes a constant's statement with its comment and the blank line after it. */
export function removeConstant({ project, place }: { project: NextProject; place: PlacedConstant }): void {
  const text = project.draft.find(place.path) ?? "";
  const removed = removeLines({ text, start: place.constant.start, end: place.constant.end });
  project.draft.write({ path: place.path, text: removed.replace(/\n{3,}/g, "\n\n") });
}
