import { compareLines } from "../../diff/compare-lines.ts";
import { learnIndentMap, readIndent } from "../indent-map.ts";
import type { LineBlock } from "./line-block.ts";

/**
 * Rewrites a block that matches the file except for indentation, with the file's indentation. The new text may be
 * indented like the block's old text, like the file, or like the file except for its first line. Null if these readings
 * differ and nothing decides.
 */
export function settleIndentation({ search, replace, file }: LineBlock & { file: string[] }): LineBlock | null {
  const settled = search.map((line, index) => withIndent(line, readIndent(file[index] ?? "")));
  const isShifted = search.some((line, index) => line.trim() !== "" && line !== settled[index]);
  if (!isShifted) return { search: settled, replace };
  // After a deletion nothing would show that it was already applied, so a line at another depth is another line.
  if (replace.length === 0) return commonIndent(search) === "" ? { search: settled, replace } : null;
  if (isFirstStripped({ search, settled })) {
    const lines = readAfterStrippedFirst({ search, replace, file, isPartOfText: false });
    return lines === null ? null : { search: settled, replace: lines };
  }
  const asBlock = readAsBlock({ search, replace, file });
  const asFile = readAsFile({ search, replace, file });
  const evidence = weigh({ search, replace, file });
  if (asBlock !== null && asFile !== null && asBlock.join("\n") === asFile.join("\n"))
    return { search: settled, replace: asBlock };
  if (asFile !== null && evidence.isFile && !evidence.isBlock) return { search: settled, replace: asFile };
  const isBlock = evidence.isBlock || asFile === null;
  if (asBlock !== null && isBlock && !evidence.isAgainstBlock) return { search: settled, replace: asBlock };
  return null;
}

/** Lines on both sides keep their position; the others follow the rule learned from the matched lines. */
function readAsBlock({ search, replace, file }: LineBlock & { file: string[] }): string[] | null {
  const map = learnIndentMap({ from: search, to: file });
  const lines = replace.map((line) => {
    if (line.trim() === "") return line;
    const target = map?.(readIndent(line)) ?? null;
    return target === null ? null : withIndent(line, target);
  });
  return lines.every((line) => line !== null) ? lines : null;
}

/** The new text unchanged, if the old text lost indentation and no new line is left of what it replaces. */
function readAsFile({ search, replace, file }: LineBlock & { file: string[] }): string[] | null {
  const base = commonIndent(file);
  const isDedented = base !== commonIndent(search) && base.endsWith(commonIndent(search));
  return isDedented && replace.every((line) => line.trim() === "" || line.startsWith(base)) ? replace : null;
}

/**
 * Which reading the shared lines support by their indentation in the new text. The smallest indentation of the new text
 * supports the block's reading or contradicts it.
 */
function weigh({ search, replace, file }: LineBlock & { file: string[] }): {
  isBlock: boolean;
  isFile: boolean;
  isAgainstBlock: boolean;
} {
  const [block, there, here] = [search, file, replace].map(commonIndent);
  let isBlock = block !== there && here === block;
  let isFile = false;
  for (const [from, to] of pairLines({ before: search.map(trim), after: replace.map(trim) })) {
    const source = readIndent(search[from] ?? "");
    const target = readIndent(file[from] ?? "");
    const indent = readIndent(replace[to] ?? "");
    if (search[from]?.trim() === "" || source === target) continue;
    isBlock ||= indent === source;
    isFile ||= indent === target;
  }
  return { isBlock, isFile, isAgainstBlock: isFile || (block !== there && here === there) };
}

function isFirstStripped({ search, settled }: { search: string[]; settled: string[] }): boolean {
  const others = search.slice(1).filter((line) => line.trim() !== "");
  const isStripped = readIndent(settled[0] ?? "").endsWith(readIndent(search[0] ?? ""));
  return (
    isStripped &&
    others.length > 0 &&
    search.every((line, index) => index === 0 || line.trim() === "" || line === settled[index])
  );
}

/**
 * The new text of a block in which only the first line lacks its indentation, because the author copied from the first
 * non-blank character. Null if a new line could have either the file's indentation or that of the first line.
 *
 * @param isPartOfText the block is a part of a text that begins within a line, and not whole lines
 */
export function readAfterStrippedFirst({
  search,
  replace,
  file,
  isPartOfText,
}: LineBlock & { file: string[]; isPartOfText: boolean }): string[] | null {
  const target = readIndent(file[0] ?? "");
  const newFirst = placeFirst({ search, newFirst: replace[0] ?? "", target });
  if (newFirst === null) return null;
  const body = readIndent(search.slice(1).find((line) => line.trim() !== "") ?? "");
  const kept = new Set(pairLines({ before: search.slice(1), after: replace.slice(1) }).map(([, to]) => to + 1));
  const lines = [newFirst];
  let isCertain = false;
  let above = newFirst;
  for (const [index, line] of replace.entries()) {
    if (index === 0) continue;
    lines.push(line);
    if (line.trim() === "") continue;
    // Until a shared line confirms the depth of what follows, each new line must have an unambiguous depth.
    if (kept.has(index)) isCertain = true;
    else if (!isCertain && !(isPartOfText && isPlausible({ line, above, target, body, isFirst: above === newFirst })))
      return null;
    above = line;
  }
  return lines;
}

/** The first line keeps its depth, whether or not the new text has its indentation. Null if its depth is unknown. */
function placeFirst({
  search,
  newFirst,
  target,
}: {
  search: string[];
  newFirst: string;
  target: string;
}): string | null {
  const [first = ""] = search;
  const isSame = newFirst.trim() === first.trim();
  if (isSame && readIndent(newFirst) === target) return newFirst;
  if (newFirst.trim() !== "" && readIndent(newFirst) !== readIndent(first)) return null;
  // A later line that is now first was not stripped together with the old first line.
  const moved = search.findIndex((line, index) => index > 0 && line.trim() !== "" && line.trim() === newFirst.trim());
  return moved > 0 && !isSame && readIndent(search[moved] ?? "") !== target ? null : withIndent(newFirst, target);
}

/**
 * Whether a new line after the stripped first one has the depth that its position requires if nothing was stripped from
 * it.
 */
function isPlausible({
  line,
  above,
  target,
  body,
  isFirst,
}: {
  line: string;
  above: string;
  target: string;
  body: string;
  isFirst: boolean;
}): boolean {
  const indent = readIndent(line);
  if (!isFirst) return indent.startsWith(target);
  const opens = /[:({[]\s*$/.test(above);
  return opens ? indent !== target && indent.startsWith(target) : indent === body;
}

/** Equal lines of both sides, as pairs of indexes. */
function pairLines({ before, after }: { before: string[]; after: string[] }): [number, number][] {
  const { removed, added } = compareLines({ before, after });
  const kept = [...before.keys()].filter((index) => removed[index] === 0);
  const others = [...after.keys()].filter((index) => added[index] === 0);
  return kept.map((index, order) => [index, others[order] ?? 0]);
}

function commonIndent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== "").map(readIndent);
  let [common = ""] = indents;
  for (const indent of indents) while (!indent.startsWith(common)) common = common.slice(0, -1);
  return common;
}

export function withIndent(line: string, indent: string): string {
  return line.trim() === "" ? line : `${indent}${line.slice(readIndent(line).length)}`;
}

function trim(line: string): string {
  return line.trim();
}
