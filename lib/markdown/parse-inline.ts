/** A span of text. Unknown markup stays text: nothing becomes HTML. */
export type Inline =
  | { type: "text"; text: string }
  | { type: "code"; text: string }
  | { type: "strong" | "emphasis" | "struck"; children: Inline[] }
  | { type: "link"; target: string; children: Inline[] };

/** Deeper nesting is rendered as plain text; no readable text nests deeper. */
const maxDepth = 8;

const rules: readonly {
  pattern: RegExp;
  read: (match: RegExpExecArray, depth: number) => Inline;
}[] = [
  { pattern: /^\\([!-/:-@[-`{-~])/, read: ([, text = ""]) => ({ type: "text", text }) },
  {
    pattern: /^(`+)(?!`)([^`]|[^`][\s\S]*?[^`])\1(?!`)/,
    read: ([, , text = ""]) => ({ type: "code", text: text.replace(/^ (.*[^ ].*) $/s, "$1") }),
  },
  // An image would be fetched from an address that the model chose, so only its alt text is shown, as a link.
  {
    pattern:
      /^!?\[((?:[^[\]\\]|\\.|\[[^[\]]*\])*)\]\(\s*<?([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)>?(?:\s+"[^"]*")?\s*\)/,
    read: ([, text = "", target = ""], depth) => ({
      type: "link",
      target,
      children: text === "" ? [{ type: "text", text: target }] : parseAt(text, depth + 1),
    }),
  },
  {
    pattern: /^<(https?:\/\/[^\s<>]+)>/,
    read: ([, target = ""]) => ({ type: "link", target, children: [{ type: "text", text: target }] }),
  },
  {
    pattern: /^https?:\/\/[^\s<>()`*]*[^\s<>()`*.,;:!?'"\]]/,
    read: ([target]) => ({ type: "link", target, children: [{ type: "text", text: target }] }),
  },
  {
    pattern: /^(\*\*|__)(?=\S)([\s\S]*?\S)\1(?!\1)/,
    read: ([, , text = ""], depth) => ({ type: "strong", children: parseAt(text, depth + 1) }),
  },
  {
    pattern: /^~~(?=\S)([\s\S]*?\S)~~/,
    read: ([, text = ""], depth) => ({ type: "struck", children: parseAt(text, depth + 1) }),
  },
  {
    pattern: /^\*(?=[^\s*])([^*\n]*[^\s*])\*/,
    read: ([, text = ""], depth) => ({ type: "emphasis", children: parseAt(text, depth + 1) }),
  },
  {
    pattern: /^_(?=[^\s_])([^_\n]*[^\s_])_(?![\p{L}\p{N}_])/u,
    read: ([, text = ""], depth) => ({ type: "emphasis", children: parseAt(text, depth + 1) }),
  },
];

/** Characters at which markup can begin. */
const openings = /[\\`![<*_~]|https?:\/\//g;

/** Longer paragraphs are rendered as plain text, so that parsing time stays linear in the text. */
const maxInlineCharacters = 20_000;

/** Parses the markup of one paragraph. */
export function parseInline(text: string): Inline[] {
  return text.length > maxInlineCharacters ? [{ type: "text", text }] : parseAt(text, 0);
}

function parseAt(text: string, depth: number): Inline[] {
  if (depth > maxDepth) return [{ type: "text", text }];
  const found: Inline[] = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    openings.lastIndex = at;
    const next = openings.exec(text)?.index ?? text.length;
    plain += text.slice(at, next);
    at = next;
    if (at === text.length) break;
    // An underscore within a word is part of a name.
    const isInWord = text[at] === "_" && /[\p{L}\p{N}]$/u.test(text.slice(0, at));
    const rest = text.slice(at);
    const read = isInWord ? null : readFirst(rest, depth);
    if (read === null) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (read.inline.type === "text") plain += read.inline.text;
    else {
      if (plain !== "") found.push({ type: "text", text: plain });
      plain = "";
      found.push(read.inline);
    }
    at += read.length;
  }
  if (plain !== "") found.push({ type: "text", text: plain });
  return found;
}

function readFirst(text: string, depth: number): { inline: Inline; length: number } | null {
  for (const { pattern, read } of rules) {
    const match = pattern.exec(text);
    if (match !== null) return { inline: read(match, depth), length: match[0].length };
  }
  return null;
}
