import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { parseTextAnswer } from "../change-set/codecs/parse-text-answer.ts";
import { readableOperations } from "../change-set/codecs/text-proposal.ts";
import { describeContent, encodeText } from "../file-content.ts";
import { checkConservation } from "../ledger/check-conservation.ts";
import { findElisionMarkers } from "../validation/find-elision-markers.ts";
import { applyEdits } from "../edits/apply-edits.ts";
import { wholeProject } from "./scopes/change-scope.ts";
import { mergeChangeSet } from "./merge-change-set.ts";
import { openWorkingTree } from "./working-tree.ts";

const inputCount = 100_000;
const seed = Number(process.env["GRAFT_SEED"] ?? 20_260_901);

const root = join(import.meta.dirname, "__fixtures__");
const answers = readdirSync(root).flatMap((name) => {
  const file = join(root, name, "answer.txt");
  return existsSync(file) ? [readFileSync(file, "utf8")] : [];
});
const texts = [
  "import os\n\n\ndef run():\n    if os.name:\n        return 1\n    return 2\n",
  "export function add(a: number, b: number) {\n  return a + b;\n}\n\nexport function sub(a: number, b: number) {\n  return a - b;\n}\n",
  "package main\r\n\r\nfunc main() {\r\n\tif ready {\r\n\t\trun()\r\n\t}\r\n}\r\n",
  "# Title\n\n“Quoted” text — with dashes.\n\n```sh\nnpm start\n```\n",
  '{\n  "a": [1, 2, 3],\n  "b": null\n}',
];
const splinters = [
  "<<<<<<< SEARCH\n",
  "=======\n",
  ">>>>>>> REPLACE\n",
  "*** Begin Patch\n",
  "*** End Patch\n",
  "*** Update File: a.py\n",
  "*** Move to: ../b\n",
  "@@ def f():\n",
  "```",
  "````\n",
  "\r\n",
  "\t",
  "    ",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "$&",
  "\\n",
  "// ...\n",
  "1 | ",
  "\0",
  "🌱",
  "-",
  "+",
  " ",
  "\n\n\n",
];

/** Mulberry32: small, fast and deterministic on every platform. */
function createRandom(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const random = createRandom(seed);
const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;

function mutate(text: string): string {
  let result = text;
  for (let count = random(4); count >= 0; count -= 1) {
    const start = random(result.length + 1);
    const end = Math.min(result.length, start + random(60));
    const slice = result.slice(start, end);
    const middle = pick([
      () => "",
      () => slice + slice,
      () => pick(splinters),
      () => slice.split("\n").toReversed().join("\n"),
      () => slice.toUpperCase(),
      () => slice.replaceAll("    ", "\t"),
    ])();
    result = result.slice(0, start) + middle + result.slice(end);
  }
  return result;
}

function runOne(kind: number): void {
  const source = mutate(pick(texts));
  if (kind === 0) {
    parseTextAnswer({ text: mutate(pick(answers)), paths: [] });
    return;
  }
  if (kind === 1) {
    findElisionMarkers({ path: pick(["a.ts", "a.py", "a.md", ""]), before: pick(texts), after: source });
    return;
  }
  const cut = () => {
    const start = random(source.length + 1);
    return source.slice(start, start + random(120));
  };
  const edits = Array.from({ length: 1 + random(3) }, () => ({
    oldText: random(3) === 0 ? mutate(cut()) : cut(),
    newText: mutate(cut()),
    replaceAll: random(8) === 0,
    nearLine: 1 + random(9),
  }));
  if (kind === 2) {
    applyEdits({ text: source, edits });
    return;
  }
  const tree = new Map(
    texts.map((text, index) => [`dir/file${index}.ts` as FilePath, describeContent(encodeText(text))]),
  );
  const contents = new Map<ContentHash, Uint8Array>(
    texts.map((text) => [describeContent(encodeText(text)).contentHash, encodeText(text)]),
  );
  const text = mutate(pick(answers)).replaceAll(
    /a\.(?:py|ts|txt)|app\/\w+\.py/g,
    () => `dir/file${random(texts.length)}.ts`,
  );
  const read = readableOperations(parseTextAnswer({ text, paths: tree.keys() }));
  const operations =
    read.length > 0 ? read : [{ type: "edit" as const, path: `dir/file${random(texts.length)}.ts`, edits }];
  const result = mergeChangeSet({
    start: openWorkingTree({ parent: tree, seen: new Set(contents.keys()), scope: wholeProject }),
    parentContents: contents,
    changeSet: { operations },
  });
  if (result.status === "rejected") return;
  const { candidate } = result;
  expect(
    checkConservation({ parent: tree, tree: candidate.tree, changes: candidate.changes, counts: candidate.counts }),
  ).toEqual({ status: "conserved" });
}

test(
  `${inputCount.toLocaleString("en")} mutated inputs: no crash, and every merge accounts for every file`,
  { timeout: 120_000 },
  () => {
    const startedAt = performance.now();
    let slowestMs = 0;
    for (let index = 0; index < inputCount; index += 1) {
      const before = performance.now();
      runOne(index % 4);
      slowestMs = Math.max(slowestMs, performance.now() - before);
    }
    console.log(
      `${inputCount.toLocaleString("en")} mutated inputs (seed ${seed}): ${((performance.now() - startedAt) / 1_000).toFixed(1)} s, slowest ${slowestMs.toFixed(1)} ms`,
    );
  },
);

test.each<[string, () => unknown]>([
  [
    "a megabyte of one line, a block that nearly fits everywhere",
    () =>
      applyEdits({
        text: "x = 1\n".repeat(170_000),
        edits: [{ oldText: `${"x = 1\n".repeat(500)}y = 2\n`, newText: "z\n" }],
      }),
  ],
  [
    "a megabyte in one line",
    () => applyEdits({ text: `${"ab".repeat(500_000)}c`, edits: [{ oldText: `${"ab".repeat(500)}d`, newText: "z" }] }),
  ],
  [
    "a short text at 500,000 places of one line",
    () => applyEdits({ text: "ab".repeat(500_000), edits: [{ oldText: "ab", newText: "z" }] }),
  ],
  [
    "a long text at 250,000 places that share characters",
    () => applyEdits({ text: "ab".repeat(500_000), edits: [{ oldText: "ab".repeat(250_000), newText: "z" }] }),
  ],
  [
    "20,000 lines that become 20,000 others",
    () =>
      applyEdits({
        text: "a b\n".repeat(20_000),
        edits: [
          {
            oldText: "a b\n".repeat(20_000),
            newText: Array.from({ length: 20_000 }, (_, index) => `line ${index};\n`).join(""),
          },
        ],
      }),
  ],
  [
    "10,000 blocks on 20,000 lines",
    () =>
      applyEdits({
        text: Array.from({ length: 20_000 }, (_, index) => `line ${index};`).join("\n"),
        edits: Array.from({ length: 10_000 }, (_, index) => ({
          oldText: `line ${index * 2};`,
          newText: `row ${index};`,
        })),
      }),
  ],
  [
    "replaceAll of 200,000 places",
    () => applyEdits({ text: "a b\n".repeat(200_000), edits: [{ oldText: "a", newText: "aa", replaceAll: true }] }),
  ],
  ["100,000 SEARCH markers", () => parseTextAnswer({ text: "<<<<<<< SEARCH\n".repeat(100_000), paths: [] })],
  ["100,000 fences", () => parseTextAnswer({ text: "a.py\n```\nx\n```\n".repeat(100_000), paths: [] })],
  [
    "a megabyte of a patch without an end",
    () =>
      parseTextAnswer({
        text: `*** Begin Patch\n*** Update File: a.py\n${"@@ def f():\n-a\n+b\n".repeat(50_000)}`,
        paths: [],
      }),
  ],
  [
    "100,000 notes that are nearly markers",
    () => findElisionMarkers({ before: "", after: `// ${"rest of the ".repeat(12)}\n`.repeat(100_000) }),
  ],
])("no blow-up: %s", { timeout: 60_000 }, (name, run) => {
  const startedAt = performance.now();
  run();
  console.log(`${name}: ${(performance.now() - startedAt).toFixed(0)} ms`);
});

describe("a block that drifted", () => {
  const word = fc.stringMatching(/^[a-z]{4,8}$/);
  const line = fc
    .tuple(fc.nat({ max: 3 }), fc.array(word, { minLength: 1, maxLength: 4 }))
    .map(([depth, words]) => `${"    ".repeat(depth)}${words.join(" - ")}("${words[0]}")`);
  const source = fc.array(line, { minLength: 3, maxLength: 25 });
  const drifts: Record<string, (block: string[]) => string[]> = {
    dedented: (block) => {
      const shift = Math.min(...block.map((each) => each.length - each.trimStart().length));
      return block.map((each) => each.slice(shift));
    },
    indented: (block) => block.map((each) => `  ${each}`),
    tabbed: (block) => block.map((each) => each.replaceAll("    ", "\t")),
    "trailing space": (block) => block.map((each, index) => (index === block.length - 1 ? each : `${each}  `)),
    "typographic quotes": (block) => block.map((each) => each.replace(/"(\w+)"/g, "“$1”")),
    "other dashes": (block) => block.map((each) => each.replaceAll("-", "–")),
    numbered: (block) => block.map((each, index) => `${index + 7} | ${each}`),
    CRLF: (block) => block.map((each, index) => (index === block.length - 1 ? each : `${each}\r`)),
  };

  test.each(Object.entries(drifts))("%s: the right text or a refusal", (name, drift) => {
    const counts = { right: 0, refused: 0 };
    fc.assert(
      fc.property(source, fc.nat(), fc.integer({ min: 1, max: 5 }), (lines, from, length) => {
        const first = from % lines.length;
        const block = lines.slice(first, first + length);
        const [last = ""] = block.slice(-1);
        const indent = last.slice(0, last.length - last.trimStart().length);
        const drifted = drift([...block, `${indent}added()`]);
        const oldText = drifted.slice(0, -1).join("\n");
        // Text that matches exactly has not drifted: plain substitution applies.
        fc.pre(!lines.join("\n").includes(oldText));
        const result = applyEdits({ text: `${lines.join("\n")}\n`, edits: [{ oldText, newText: drifted.join("\n") }] });
        if (result.status === "failed") {
          counts.refused += 1;
          return;
        }
        counts.right += 1;
        expect(result.text).toBe(
          `${[...lines.slice(0, first), ...block, `${indent}added()`, ...lines.slice(first + block.length)].join("\n")}\n`,
        );
      }),
      { numRuns: 1_500, seed },
    );
    console.log(`drifted, ${name}: ${counts.right} right, ${counts.refused} refused, 0 wrong`);
    expect(counts.right).toBeGreaterThan(0);
  });
});
