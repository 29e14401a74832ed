/** The syntax facts of a language that separate code from comments and strings. */
export type BracketSyntax = {
  lineComments: readonly string[];
  blockComment: readonly [string, string] | null;
  /**
   * Strings by opening mark. `line`: ends on its line, otherwise the mark is ordinary text. `text`: may span lines.
   * `character`: one character, as in `'{'`, otherwise the mark is ordinary text (a Rust lifetime).
   */
  quotes: Readonly<Record<string, "line" | "text" | "character">>;
  /** `backslash`: escapes the next character. `doubled`: a doubled mark is an escaped one. */
  escape: "backslash" | "doubled";
};

type OpenPlace = { text: string; line: number };

export type BracketScan = {
  /** Unclosed brackets at the end, outermost first. */
  unclosed: OpenPlace[];
  /** The first bracket without or with a wrong counterpart. */
  unexpected: OpenPlace | null;
  /** A comment or string that extends to the end of the text. */
  runsOut: OpenPlace | null;
};

const partners: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Pairs the brackets of a text outside comments and strings, in linear time. */
export function scanBrackets({ text, syntax }: { text: string; syntax: BracketSyntax }): BracketScan {
  const unclosed: OpenPlace[] = [];
  let unexpected: OpenPlace | null = null;
  const marks = Object.keys(syntax.quotes).sort((a, b) => b.length - a.length);
  let line = 1;
  let at = 0;
  const skipTo = (end: number) => {
    for (let index = text.indexOf("\n", at); index !== -1 && index < end; index = text.indexOf("\n", index + 1))
      line += 1;
    at = end;
  };
  while (at < text.length) {
    const character = text.charAt(at);
    const block = syntax.blockComment;
    if (block !== null && text.startsWith(block[0], at)) {
      const end = text.indexOf(block[1], at + block[0].length);
      if (end === -1) return { unclosed, unexpected, runsOut: { text: block[0], line } };
      skipTo(end + block[1].length);
      continue;
    }
    if (syntax.lineComments.some((mark) => text.startsWith(mark, at))) {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end;
      continue;
    }
    const mark = marks.find((each) => text.startsWith(each, at));
    if (mark !== undefined) {
      const end = findStringEnd({ text, start: at, mark, syntax });
      if (end === "never") return { unclosed, unexpected, runsOut: { text: mark, line } };
      skipTo(end === "ordinary" ? at + mark.length : end);
      continue;
    }
    if (character === "\n") line += 1;
    else if (character === "(" || character === "[" || character === "{") unclosed.push({ text: character, line });
    else if (character in partners) {
      if (unclosed.at(-1)?.text === partners[character]) unclosed.pop();
      else unexpected ??= { text: character, line };
    }
    at += 1;
  }
  return { unclosed, unexpected, runsOut: null };
}

function findStringEnd({
  text,
  start,
  mark,
  syntax,
}: {
  text: string;
  start: number;
  mark: string;
  syntax: BracketSyntax;
}): number | "never" | "ordinary" {
  const extent = syntax.quotes[mark];
  if (extent === "character") {
    const literal = /^'(?:\\(?:u\{?[\da-fA-F]+\}?|x[\da-fA-F]+|[^\n])|[^\\'\n]{1,2})'/.exec(
      text.slice(start, start + 14),
    );
    return literal === null ? "ordinary" : start + literal[0].length;
  }
  let at = start + mark.length;
  while (at < text.length) {
    const character = text.charAt(at);
    if (extent === "line" && character === "\n") return "ordinary";
    if (text.startsWith(mark, at)) {
      if (syntax.escape === "backslash" || !text.startsWith(mark, at + mark.length)) return at + mark.length;
      at += 2 * mark.length;
      continue;
    }
    at += syntax.escape === "backslash" && character === "\\" ? 2 : 1;
  }
  return extent === "line" ? "ordinary" : "never";
}

const slashComments = { lineComments: ["//"], blockComment: ["/*", "*/"] } as const;

/**
 * Languages without a grammar here that can be scanned reliably. C is excluded: its `#if` branches open one bracket
 * twice.
 */
const syntaxByExtension: Readonly<Record<string, BracketSyntax>> = {
  ...assign({
    extensions: "go",
    syntax: { ...slashComments, quotes: { '"': "line", "`": "text", "'": "character" }, escape: "backslash" },
  }),
  ...assign({
    extensions: "java kt kts cs swift scala",
    syntax: { ...slashComments, quotes: { '"""': "text", '"': "line", "'": "character" }, escape: "backslash" },
  }),
  ...assign({
    extensions: "rs proto",
    syntax: { ...slashComments, quotes: { '"': "line", "'": "character" }, escape: "backslash" },
  }),
  ...assign({
    extensions: "dart scss less groovy gradle",
    syntax: {
      ...slashComments,
      quotes: { "'''": "text", '"""': "text", '"': "line", "'": "line" },
      escape: "backslash",
    },
  }),
  ...assign({
    extensions: "graphql gql tf hcl",
    syntax: { lineComments: ["#"], blockComment: null, quotes: { '"""': "text", '"': "line" }, escape: "backslash" },
  }),
};

function assign({ extensions, syntax }: { extensions: string; syntax: BracketSyntax }): Record<string, BracketSyntax> {
  return Object.fromEntries(extensions.split(" ").map((extension) => [extension, syntax]));
}

/** How to scan a path's text, or null if the language is not known well enough. */
export function findBracketSyntax(path: string): BracketSyntax | null {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === undefined ? null : (syntaxByExtension[extension] ?? null);
}
