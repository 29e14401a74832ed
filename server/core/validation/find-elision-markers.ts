import { findFencedBlocks } from "./find-fenced-blocks.ts";

/** A placeholder for code that the text omits. `line` is 1-based, in the searched text. */
type ElisionMarker = { line: number; text: string };

/**
 * A longer note explains something: the longest known placeholder has 90 characters. The limit also bounds the work of
 * the patterns.
 */
const maxMarkerCharacters = 170;

const enclosedNote =
  /^(?:\{\/\*+(.*?)\*+\/\}|\/\*+(.*?)\*+\/|<!--(.*?)-->|\{#(.*?)#\}|<%(?:#|--)(.*?)(?:--)?%>|\((.*)\)|\[(.*)\])$/;
const openNote = /^(?:\{\/\*+|\/\*+|\/\/+|#+(?!!)|--+|<!--+)(.*)$/;

/** `(...rest)` and `[...items, last]`: JavaScript's spread, which is code. */
const spread = /^\.{3}[\w$.]+\s*(?:$|[,([?!&|=])/;

const onlyEllipsis = /^(?:\.{2,}|…)+$/;
const edgeEllipsis = /^(?:\.{3,}|…)|(?:\.{3,}|…)$/;
const speaksOfTheRest =
  /\b(?:existing|previous|original|remaining|remainder|rest|other|same|unchanged|keep|omitted|truncated)\b/i;

const part =
  "(?:code|file|class|component|function|method|module|implementation|content|script|body|logic|import|route|model|field|prop|style|config|configuration|document|page|template|markup|app|program|definition|test|handler|helper|entry|entries|section|text|line)(?:s|es)?";
const left =
  "(?:unchanged|untouched|unmodified|omitted|(?:the )?same|here|as[ -]before|as[ -]is|below|follows?|not shown)";
const verbs = "(?:is|are|goes?|stays?|remains?|continues?|kept|left|exactly|completely|largely|mostly)";
const whose = "(?:the|your|this|my|our|all|other)";
const which = "(?:existing|original|previous|current|remaining|other)";

const state = `(?:${verbs} )*(?:${left}|the same|as it (?:is|was)|as they (?:are|were)|continues?|goes? here|remains?|stays?)`;
/** Notes with nothing else on the line: one of 9,908 committed files has such a line. */
const wholeNotes = [
  `^(?:${whose} )*(?:existing|previous|remaining|other) (?:[\\w-]+ )?${part}(?: and (?:[\\w-]+ )?${part})?(?: ${state})?$`,
  `^(?:${whose} )*(?:original|current) (?:[\\w-]+ )?${part} ${state}$`,
  `^(?:${whose} )*(?:original|current) (?:code|file|implementation|contents?|logic|body|script)$`,
  `^(?:and )?(?:everything|all|anything) else(?: ${state})?$`,
  "^(?:unchanged|untouched|unmodified|no changes?(?: here| needed| below| above)?|not changed|(?:the )?same as (?:before|above|previous|original)|as (?:before|above))$",
  `^(?:${whose} )?${part} (?:${verbs} )*(?:unchanged|untouched|as[ -]before|as[ -]is|omitted|not shown|(?:the )?same as (?:before|above))$`,
  `^(?:and )?(?:the )?(?:rest|remainder) of (?:${whose} )*(?:[\\w.-]+ )?(?:${part}|\\w*[_.(]\\S*)(?: ${state})?$`,
  "^(?:snip(?:ped)?|omitted|truncated|elided|abbreviated|redacted code)$",
];
const wordings: readonly RegExp[] = [
  `\\b(?:rest|remainder) (?:of )?(?:${whose} )*(?:${which} )?(?:[\\w-]+ )?${part} (?:${verbs} )*${left}\\b`,
  `^(?:and )?(?:the )?(?:rest|remainder) (?:of it )?(?:${verbs} )*(?:unchanged|untouched|omitted|the same|as[ -]before|as[ -]is)$`,
  `^(?:and )?(?:the |your )?(?:rest|remainder) of (?:${whose} )*(?:${which} )?(?:[\\w-]+ )?(?:code|file|implementation|contents?)$`,
  `\\b(?:remaining|existing|previous) ${part} (?:${verbs} )+(?:${left})\\b`,
  `\\b(?:remaining|existing|previous) ${part} (?:${left}|remains?|stays?|continues?)$`,
  `^(?:keep|leave) (?:${whose} )*(?:rest|remainder|${which}) .*\\b(?:unchanged|untouched|the same|here|as[ -]before|as[ -]is)$`,
  `\\blines? \\d+\\s*(?:-|–|—|to|through)\\s*\\d+ (?:${verbs} )*${left}\\b`,
  "\\b(?:omitted|truncated|shortened|abbreviated) for (?:brevity|clarity|length|space)\\b",
  `^(?:${part}|everything else|all else) (?:${verbs} )*(?:unchanged|the same as before)$`,
  ...wholeNotes,
].map((pattern) => new RegExp(pattern, "i"));

/** True for a line that only says that code was omitted. */
export function isElisionMarker(line: string): boolean {
  const text = line.trim();
  const note = text.length > maxMarkerCharacters ? null : readNote(text);
  if (note === null) return false;
  if (onlyEllipsis.test(note)) return true;
  if (edgeEllipsis.test(note) && speaksOfTheRest.test(note)) return true;
  const words = note.replace(/^[\s.…([]+|[\s.…)\]]+$/g, "");
  return wordings.some((wording) => wording.test(words));
}

/** The content of a line that is only a comment or a bracket note; null for every other line. */
function readNote(text: string): string | null {
  const enclosed = enclosedNote.exec(text);
  const inside = enclosed?.slice(1).find((group) => group !== undefined) ?? openNote.exec(text)?.[1];
  if (inside === undefined) return null;
  const note = inside.trim();
  const isBracket = /^[([]/.test(text);
  if (isBracket && (spread.test(note) || (text.startsWith("[") && onlyEllipsis.test(note)))) return null;
  return note;
}

const asAbove = /^(?:the )?(?:same )?as above$/i;

/**
 * `// As above.` alone in a block, like an earlier block with only a comment, says that the reason for doing nothing is
 * the same. No code was omitted.
 */
function repeatsReason({ lines, index }: { lines: readonly string[]; index: number }): boolean {
  const note = readNote(lines[index]?.trim() ?? "")?.replace(/[.!\s]+$/, "");
  if (note === undefined || !asAbove.test(note)) return false;
  const head = lines[index - 1]?.trim();
  const holdsNoteAlone = (at: number) =>
    lines[at - 1]?.trim() === head && /^[})\]]/.test(lines[at + 1]?.trim() ?? "") && head?.endsWith("{") === true;
  return (
    holdsNoteAlone(index) &&
    lines
      .slice(0, index)
      .some((line, at) => holdsNoteAlone(at) && readNote(line.trim()) !== null && !isElisionMarker(line))
  );
}

/**
 * Placeholders among the lines that `after` adds to `before`. A line that occurs anywhere in `before` is the parent's
 * own; inline comments, strings and bare `...` bodies are code. `path` exempts examples in Markdown code blocks, which
 * may omit things.
 */
export function findElisionMarkers({
  path = "",
  before,
  after,
}: {
  path?: string;
  before: string;
  after: string;
}): ElisionMarker[] {
  const known = new Set(before.split("\n").map((line) => line.trim()));
  const lines = after.split("\n");
  const isMarkdown = /\.(?:md|mdx|markdown)$/i.test(path);
  const examples = isMarkdown ? findFencedBlocks(lines) : [];
  return lines.flatMap((line, index) => {
    const text = line.trim();
    if (!isElisionMarker(text) || known.has(text)) return [];
    // In Markdown, `#` opens a heading, which may legitimately be called "Other sections".
    if (isMarkdown && text.startsWith("#") && !/\.{3}|…/.test(text)) return [];
    if (repeatsReason({ lines, index })) return [];
    return examples.some(({ start, end }) => index >= start && index < end) ? [] : [{ line: index + 1, text }];
  });
}
