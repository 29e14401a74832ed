/**
 * One edit of one file. `expected` is the result that the author intended; null if the only right result is a refusal.
 */
export type EditCase = { before: string; oldText: string; newText: string; expected: string | null };

type EditCaseKind = { name: string; build: (source: EditSource) => EditCase };

/** A generated file with the function to edit: `block` has its lines, which are indented in the file. */
type EditSource = { lines: string[]; first: number; block: string[]; added: string };

const languages = [
  {
    unit: "  ",
    open: (index: number) => `export class Module${index} {`,
    method: (name: string) => `  ${name}(values: number[]): string {`,
    body: (part: number) => [
      `    const total = values.reduce((a, b) => a + b, ${part});`,
      `    return "part ${part}: " + total;`,
    ],
    end: ["  }"],
    close: ["}"],
    added: (part: number) => `    console.log("part - ${part}");`,
  },
  {
    unit: "    ",
    open: (index: number) => `class Module${index}:`,
    method: (name: string) => `    def ${name}(self, values):`,
    body: (part: number) => [`        total = sum(values) + ${part}`, `        return "part ${part}: " + str(total)`],
    end: [],
    close: [],
    added: (part: number) => `        print("part - ${part}")`,
  },
  {
    unit: "\t",
    open: (index: number) => `type Module${index} struct{}`,
    method: (name: string) => `\tfunc ${name}(values []int) string {`,
    body: (part: number) => [`\t\ttotal := Sum(values) + ${part}`, `\t\treturn "part ${part}: " + total`],
    end: ["\t}"],
    close: [],
    added: (part: number) => `\t\tlog("part - ${part}")`,
  },
] as const;

/** Deterministic by index: a file of about 100 lines in one of three languages, and a method in it. */
export function buildEditSource(index: number): EditSource {
  const language = languages[index % languages.length] ?? languages[0];
  const lines: string[] = [language.open(index)];
  const chosen = index % 16;
  let first = 0;
  let block: string[] = [];
  for (let part = 0; part < 16; part += 1) {
    const method = [language.method(`part${part}of${index}`), ...language.body(part + index * 100), ...language.end];
    if (part === chosen) {
      first = lines.length;
      block = method;
    }
    lines.push(...method, "");
  }
  lines.push(...language.close);
  return { lines, first, block, added: language.added(chosen) };
}

function toText(lines: readonly string[], ending = "\n"): string {
  return lines.map((line) => `${line}${ending}`).join("");
}

/** The block with the added line after its first, as expected in the file. */
function withAdded({ block, added }: EditSource): string[] {
  return [block[0] ?? "", added, ...block.slice(1)];
}

function expectedText(source: EditSource, replacement = withAdded(source)): string {
  return toText([
    ...source.lines.slice(0, source.first),
    ...replacement,
    ...source.lines.slice(source.first + source.block.length),
  ]);
}

/** A block that a model wrote slightly differently from the file, in both old and new text. */
function drift(source: EditSource, change: (line: string, index: number) => string): EditCase {
  const oldText = source.block.map(change).join("\n");
  const newText = withAdded(source).map(change).join("\n");
  return { before: toText(source.lines), oldText, newText, expected: expectedText(source) };
}

function commonIndent(block: readonly string[]): number {
  return Math.min(...block.map((line) => line.length - line.trimStart().length));
}

export const editCaseKinds: readonly EditCaseKind[] = [
  { name: "exact", build: (source) => drift(source, (line) => line) },
  {
    name: "$& and $1 in new text",
    build: (source) => {
      const replacement = [
        source.block[0] ?? "",
        source.added.replace("part", "$& $1 $$ part"),
        ...source.block.slice(1),
      ];
      return {
        before: toText(source.lines),
        oldText: source.block.join("\n"),
        newText: replacement.join("\n"),
        expected: expectedText(source, replacement),
      };
    },
  },
  {
    name: "trailing space",
    build: (source) => ({
      ...drift(source, (line) => line),
      oldText: source.block.map((line) => `${line}  `).join("\n"),
    }),
  },
  { name: "dedented", build: (source) => drift(source, (line) => line.slice(commonIndent(source.block))) },
  {
    name: "spaces for tabs, tabs for spaces",
    build: (source) =>
      drift(source, (line) =>
        line.replace(/^[ \t]+/, (indent) =>
          indent.includes("\t")
            ? "    ".repeat(indent.length)
            : "\t".repeat(indent.length / (source.block[0]?.startsWith("    ") === true ? 4 : 2)),
        ),
      ),
  },
  {
    name: "typographic quotes",
    build: (source) => ({
      ...drift(source, (line) => line),
      oldText: source.block.map((line) => line.replace(/"([^"]*)"/g, "“$1”")).join("\n"),
    }),
  },
  {
    name: "copied line numbers",
    build: (source) => drift(source, (line, index) => `${source.first + index + 1} | ${line}`),
  },
  {
    name: "CRLF file",
    build: (source) => ({
      ...drift(source, (line) => line),
      before: toText(source.lines, "\r\n"),
      expected: expectedText(source).replaceAll("\n", "\r\n"),
    }),
  },
  {
    name: "no final newline",
    build: (source) => ({
      ...drift(source, (line) => line),
      before: toText(source.lines).slice(0, -1),
      expected: expectedText(source).slice(0, -1),
    }),
  },
  {
    name: "stands there twice",
    build: (source) => ({
      ...drift(source, (line) => line),
      before: toText([...source.lines, ...source.block]),
      expected: null,
    }),
  },
  {
    name: "dedented, stands there twice",
    build: (source) => ({
      ...drift(source, (line) => line.slice(commonIndent(source.block))),
      before: toText([...source.lines, ...source.block]),
      expected: null,
    }),
  },
  {
    name: "invented middle",
    build: (source) => ({
      ...drift(source, (line, index) => (index === 1 ? line.replace(/\w+/, "invented") : line)),
      expected: null,
    }),
  },
  {
    name: "not there",
    build: (source) => ({ ...drift(source, (line) => line.replaceAll("part", "piece")), expected: null }),
  },
];
