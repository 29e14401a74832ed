import { findFencedBlocks } from "../find-fenced-blocks.ts";

/** `line` is 1-based; `form` describes the wrapping or the mixed-in format. */
export type FormatResidue = {
  line: number;
  form: "fence" | "diff" | "line numbers" | "markers" | "envelope" | "escapes";
};

const proseName = /\.(?:md|mdx|markdown|qmd|rmd|rst|adoc|txt|prompt)$/i;
const markdownName = /\.(?:md|mdx|markdown|qmd|rmd)$/i;
const patchName = /\.(?:patch|diff|rej|dpatch|patchset)$/i;
const tableName = /\.(?:tsv|csv|tab|srt|vtt|ya?ml)$/i;

/**
 * Traces of the answer's format in a file's content: a fence around everything, a diff instead of the file, line
 * numbers, conflict or edit markers, a patch envelope. Ignores traces that the parent has too, and the content of
 * Markdown code blocks. Null if there is nothing.
 */
export function findFormatResidue({
  path,
  before,
  after,
}: {
  path: string;
  before: string | null;
  after: string;
}): FormatResidue | null {
  const text: Text = { path, before: toLines(before ?? ""), after: toLines(after), isNew: before === null };
  return (
    findFence(text) ?? findDiff(text) ?? findGutter(text) ?? findMarkers(text) ?? findTail(text) ?? findEscapes(text)
  );
}

type Text = { path: string; before: readonly string[]; after: readonly string[]; isNew: boolean };

function toLines(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split(/\r?\n/);
}

const opensFence = /^\s{0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)$/;

/** The first line opens a fence, or the last one closes one that was never opened. */
function findFence({ path, before, after }: Text): FormatResidue | null {
  const first = after.findIndex((line) => line.trim() !== "");
  const last = after.findLastIndex((line) => line.trim() !== "");
  if (first === -1 || first === last) return null;
  const [, mark, info = ""] = opensFence.exec(after[first] ?? "") ?? [];
  const closes = /^\s{0,3}(?:`{3,}|~{3,})\s*$/.test(after[last] ?? "");
  const hadFirst = opensFence.test(before.find((line) => line.trim() !== "") ?? "");
  if (markdownName.test(path)) {
    if (mark === undefined || hadFirst || !closes) return null;
    const blocks = findFencedBlocks(after);
    const isOneBlock = blocks.length === 1 && blocks[0]?.start === first && blocks[0].end === last + 1;
    return isOneBlock || /^(?:md|mdx|markdown)\b/i.test(info.trim()) ? { line: first + 1, form: "fence" } : null;
  }
  if (mark !== undefined && !hadFirst) return { line: first + 1, form: "fence" };
  const isFence = (line: string) => /^\s{0,3}(?:`{3,}|~{3,})/.test(line);
  const isOdd = after.filter(isFence).length % 2 === 1 && before.filter(isFence).length % 2 === 0;
  return closes && isOdd ? { line: last + 1, form: "fence" } : null;
}

const hunkHeading = /^@@ (?:-\d+(?:,\d+)? \+\d+(?:,\d+)? )?@@/;

/** The text starts like a diff, or all its lines are those of a hunk of the parent. */
function findDiff({ path, before, after, isNew }: Text): FormatResidue | null {
  if (patchName.test(path)) return null;
  const lines = after.filter((line) => line.trim() !== "");
  const [first = "", second = ""] = lines;
  const residue: FormatResidue = { line: after.indexOf(first) + 1, form: "diff" };
  if (before.includes(first)) return null;
  if (first.startsWith("diff --git a/") || hunkHeading.test(first)) return residue;
  if (/^--- \S/.test(first) && /^\+\+\+ \S/.test(second)) return residue;
  if (/^Index: \S/.test(first) && /^(?:=+|--- )/.test(second)) return residue;
  if (lines.length < 2 || !lines.every((line) => /^[-+ ]/.test(line))) return null;
  if (isNew) return lines.every((line) => /^\+(?!\d)/.test(line)) && !proseName.test(path) ? residue : null;
  const had = new Set(before);
  const known = lines.filter((line) => !line.startsWith("+"));
  const inParent = known.filter((line) => had.has(line.slice(1))).length;
  const isWhole = known.length > 0 && inParent / known.length >= 0.8 && lines.some((line) => /^[-+]/.test(line));
  return isWhole ? residue : null;
}

const gutter = /^\s*(\d{1,6})(\t|\s*[|│→]\s?|:(?:\s|$)| {2,})(.*)$/;

/** Each line starts with its number, and without the numbers the text is the parent's lines or code. */
function findGutter({ path, before, after, isNew }: Text): FormatResidue | null {
  const lines = after.filter((line) => line.trim() !== "");
  const parts = lines.flatMap((line) => {
    const [, number, separator, rest] = gutter.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), separator: separator?.trim(), rest: rest ?? "" }];
  });
  const isNumbered =
    parts.length === lines.length &&
    parts.every(({ number, separator }, index) => {
      const previous = parts[index - 1];
      // Blank lines may have been numbered and then dropped.
      return (
        previous === undefined ||
        (number > previous.number && number <= previous.number + 10 && separator === previous.separator)
      );
    });
  if (!isNumbered || parts.length === 0) return null;
  const had = new Set(before.map((line) => line.trim()));
  if (before.filter((line) => gutter.test(line)).length > before.length / 2) return null;
  const inParent = parts.filter(({ rest }) => rest.trim() !== "" && had.has(rest.trim())).length;
  const isOfParent = !isNew && inParent >= Math.max(1, parts.length * 0.3);
  const isDrawn = /^[|│→]$/.test(parts[0]?.separator ?? "");
  const isCode =
    parts.length > 1 && parts[0]?.number === 1 && !tableName.test(path) && (isDrawn || !proseName.test(path));
  return isOfParent || isCode ? { line: after.indexOf(lines[0] ?? "") + 1, form: "line numbers" } : null;
}

const markerPatterns: readonly { form: "markers" | "envelope"; pattern: RegExp }[] = [
  { form: "markers", pattern: /^\s*<{5,9}(?:\s+(?:SEARCH|ORIGINAL|HEAD|UPDATED|OLD|NEW|BEFORE|ours|theirs)\b.*|\s*$)/ },
  { form: "markers", pattern: /^\s*>{5,9}(?:\s+(?:REPLACE|UPDATED|ORIGINAL|END|NEW|AFTER)\b.*)$/ },
  { form: "markers", pattern: /^(?:<{7}|>{7}|\|{7})(?:\s\S.*)?$/ },
  { form: "markers", pattern: /^\s*(?:-{5,9} SEARCH|\+{5,9} REPLACE)\s*$/ },
  {
    form: "envelope",
    pattern: /^\s*\*\*\* (?:Begin Patch|End Patch|(?:Update|Add|Delete) File: \S.*|Move to: \S.*|End of File)\s*$/,
  },
  { form: "envelope", pattern: /^\s*<file(?:-part)? path=(["'])[^"']+\1[^>]*>\s*$/ },
  { form: "envelope", pattern: /^\s*\[lines \d+ to \d+ of \d+\]\s*$/ },
];

const callTag =
  /^\s*<\/((?:antml:)?(?:content|file_text|file|parameter|parameters|invoke|function|function_calls|tool_call|tool_use|arguments|write_file|edit_file|write_to_file|create_file|boltAction|boltArtifact|artifact|new_?text|answer))\s*>\s*$/;
const chatMark = /(?:^|[^`"'])<\|(?:im_end|im_start|endoftext|end_of_text|eot_id|eom_id|end|return)\|>\s*$/;

/** The last line ends a call that the text does not begin, or is a chat template marker. */
function findTail({ path, before, after }: Text): FormatResidue | null {
  const last = after.findLastIndex((line) => line.trim() !== "");
  const line = after[last] ?? "";
  if (before.some((each) => each.trim() === line.trim())) return null;
  const name = callTag.exec(line)?.[1];
  const isOpened = name !== undefined && after.some((each) => new RegExp(`<${name}[\\s>]`).test(each));
  const isResidue = name === undefined ? chatMark.test(line) : !isOpened;
  return isResidue && !patchName.test(path) ? { line: last + 1, form: "envelope" } : null;
}

const linedName = /\.(?:md|mdx|markdown|rst|adoc|txt|css|scss|html?)$/i;

/** A multi-line text that arrived as one line, with escaped line endings. */
function findEscapes({ path, before, after }: Text): FormatResidue | null {
  const lines = after.filter((line) => line.trim() !== "");
  const [only = ""] = lines;
  if (!linedName.test(path) || lines.length !== 1 || before.includes(only)) return null;
  return (only.match(/\\n(?=\\n|[#*<>{}\w-]|$)/g) ?? []).length > 1
    ? { line: after.indexOf(only) + 1, form: "escapes" }
    : null;
}

function findMarkers({ path, before, after }: Text): FormatResidue | null {
  if (patchName.test(path)) return null;
  const had = new Set(before.map((line) => line.trim()));
  const examples = markdownName.test(path) ? findFencedBlocks(after).filter(({ isClosed }) => isClosed) : [];
  for (const [index, line] of after.entries()) {
    const found = markerPatterns.find(({ pattern }) => pattern.test(line));
    if (found === undefined || had.has(line.trim())) continue;
    if (!examples.some(({ start, end }) => index > start && index < end - 1))
      return { line: index + 1, form: found.form };
  }
  return null;
}
