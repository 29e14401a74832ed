/** A word, a significant punctuation mark, or the text within parentheses, braces or brackets. */
export type PromptToken = { kind: "word" | "group"; text: string };

/** The text between two commas or conjunctions. `lead` is the separator before it. */
export type PromptItem = { tokens: PromptToken[]; lead: "start" | "comma" | "and" | "or" };

export type PromptLine = {
  /** From 1. */
  line: number;
  /** Columns before the text, without the bullet. */
  indent: number;
  kind: "heading" | "bullet" | "plain";
  text: string;
};

/** Prose is wrapped at a longer width; shorter lines are separate lines. */
const minWrappedLength = 20;

/**
 * The lines of a prompt without Markdown markup. Hard-wrapped prose is joined: a plain line that begins in lower case
 * continues the plain line before it.
 */
export function splitLines(prompt: string): PromptLine[] {
  const lines: PromptLine[] = [];
  let previousIsWrapped = false;
  prompt.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const [, spaces = "", mark = "", rest = ""] = /^(\s*)((?:[-*•+–]|\d{1,3}[.)])\s+|#{1,6}\s+)?(.*)$/.exec(raw) ?? [];
    const text = removeMarkup(rest);
    if (text === "") {
      previousIsWrapped = false;
      return;
    }
    const kind = mark === "" ? "plain" : mark.startsWith("#") ? "heading" : "bullet";
    const previous = lines.at(-1);
    if (
      kind === "plain" &&
      previousIsWrapped &&
      previous !== undefined &&
      /^[a-z(]/.test(text) &&
      !/^[\w -]{1,40}:(?:\s|$)/.test(text) &&
      !/[.:;!?{}]$/.test(previous.text) &&
      !(previous.text.endsWith(")") && /^[\w ]{1,40}\(.*\)$/.test(text))
    ) {
      previous.text += ` ${text}`;
      previousIsWrapped = text.length >= minWrappedLength;
      return;
    }
    lines.push({ line: index + 1, indent: spaces.replaceAll("\t", "    ").length, kind, text });
    previousIsWrapped = kind === "plain" && text.length >= minWrappedLength;
  });
  return lines;
}

function removeMarkup(text: string): string {
  return text
    .replace(/\*+|`+|(?<![\p{L}\p{N}])__?(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])__?(?![\p{L}\p{N}_])/gu, "")
    .replace(/^\[[ xX]\]\s+/, "")
    .trim();
}

/** The sentences of a line. A full stop within a word (`Next.js`) or after an abbreviation does not end one. */
export function splitSentences(text: string): string[] {
  return text
    .replace(/\s(?:so that|in order to|because)\b[^.;]*/gi, "")
    .replace(/\bdate and time\b/gi, "time")
    .replace(/\bkeep(ing)? (?:tabs on|an eye on|an? (?:record|log) of|records of)\b/gi, "track$1")
    .replace(/^(?:our|my) [\p{L} -]{1,40}? needs? (?=\p{L})/iu, "")
    .replace(/\b(e\.g|i\.e|etc|vs|approx)\.(?=\s|,|\)|$)/gi, (match) => match.slice(0, -1))
    .split(/[.!?](?=\s|$)|;(?![^{]*\})/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

const openers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Words and groups. An unclosed group extends to the end; nested groups stay text of the outer one. */
export function tokenize(text: string): PromptToken[] {
  const joined = text
    .replace(/\s*\|\s*/g, "|")
    .replace(/(\w)\s*\/\s*(\w)/g, "$1/$2")
    .replace(/\s(?:->|→|=>)\s/g, " - ");
  const tokens: PromptToken[] = [];
  let depth = 0;
  let groupStart = 0;
  let isArray = false;
  for (const match of joined.matchAll(/[([{]|[)\]}]|[,;:=]|[^\s()[\]{},;:=]+/g)) {
    const [part] = match;
    if (openers[part] !== undefined) {
      isArray = depth === 0 && part === "[" && joined.charAt(match.index + 1) === "]";
      if (depth === 0) groupStart = match.index + 1;
      depth += 1;
    } else if (/^[)\]}]$/.test(part)) {
      depth = Math.max(0, depth - 1);
      const previous = tokens.at(-1);
      if (depth === 0 && isArray && previous !== undefined) previous.text += "[]";
      else if (depth === 0 && groupStart > 0)
        tokens.push({ kind: "group", text: joined.slice(groupStart, match.index) });
      groupStart = depth === 0 ? 0 : groupStart;
    } else if (depth === 0) {
      tokens.push({ kind: "word", text: part.replace(/^["'“”‘’]+|["'“”‘’.]+$/gu, "") });
    }
  }
  if (depth > 0 && groupStart > 0) tokens.push({ kind: "group", text: joined.slice(groupStart) });
  return tokens.filter((token) => token.text !== "");
}

/** Splits at commas and conjunctions outside groups. */
export function splitItems(tokens: readonly PromptToken[]): PromptItem[] {
  const items: PromptItem[] = [];
  let current: PromptItem = { tokens: [], lead: "start" };
  const close = (lead: PromptItem["lead"]) => {
    if (current.tokens.length > 0) {
      items.push(current);
      current = { tokens: [], lead };
    } else if (lead !== "comma") {
      current.lead = lead;
    }
  };
  for (const [index, token] of tokens.entries()) {
    const lead = token.kind === "group" ? null : readSeparator({ tokens, index });
    if (lead === null) current.tokens.push(token);
    else close(lead);
  }
  if (current.tokens.length > 0) items.push(current);
  return items;
}

function readSeparator({
  tokens,
  index,
}: {
  tokens: readonly PromptToken[];
  index: number;
}): PromptItem["lead"] | null {
  const word = tokens[index]?.text.toLowerCase();
  if (word === "," || word === ";") return "comma";
  if (word === "or") return "or";
  // "as well as" loses its middle word here, and the two "as" separate.
  const isAsWellAs =
    tokens[index + 1]?.text === "well" || (tokens[index - 1]?.text === "well" && tokens[index - 2]?.text === "as");
  if (word === "as" && isAsWellAs) return "and";
  if (word === "well" && tokens[index - 1]?.text === "as" && tokens[index + 1]?.text === "as") return "and";
  return word === "and" || word === "&" || word === "plus" || word === "and/or" || word === "+" ? "and" : null;
}
