import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { decodeText, describeContent, encodeText } from "../file-content.ts";
import { comparePaths, type FileTree } from "../file-tree.ts";
import { listMergeHashes, mergeTrees } from "./merge-trees.ts";

type Texts = Readonly<Record<string, string>>;

const toTree = (texts: Texts): FileTree =>
  new Map(
    Object.entries(texts)
      .sort(([a], [b]) => comparePaths(a, b))
      .map(([path, text]) => [path as FilePath, describeContent(encodeText(text))]),
  );

function merge({ base, ours, theirs }: { base: Texts; ours: Texts; theirs: Texts }) {
  const all = new Map<ContentHash, Uint8Array>(
    [base, ours, theirs].flatMap((texts) =>
      Object.values(texts).map((text) => [describeContent(encodeText(text)).contentHash, encodeText(text)] as const),
    ),
  );
  const sides = { base: toTree(base), ours: toTree(ours), theirs: toTree(theirs) };
  const wanted = new Set(listMergeHashes(sides));
  const result = mergeTrees({ ...sides, contents: new Map([...all].filter(([hash]) => wanted.has(hash))) });
  const texts = Object.fromEntries(
    [...result.tree].map(([path, { contentHash }]) => [
      path,
      decodeText(result.newContents.get(contentHash) ?? all.get(contentHash) ?? new Uint8Array()),
    ]),
  );
  return { ...result, texts, reasons: Object.fromEntries(result.conflicts.map(({ path, reason }) => [path, reason])) };
}

const base = { "a.ts": "1\n2\n3\n4\n5\n", "b.ts": "b\n", "c.ts": "c\n" };

describe("mergeTrees", () => {
  test("takes what one side changed, added or deleted", () => {
    const { texts, conflicts } = merge({
      base,
      ours: { ...base, "b.ts": "B\n", "ours.ts": "o\n" },
      theirs: { "a.ts": base["a.ts"], "b.ts": "b\n", "theirs.ts": "t\n" },
    });
    expect(conflicts).toEqual([]);
    expect(texts).toEqual({ "a.ts": base["a.ts"], "b.ts": "B\n", "ours.ts": "o\n", "theirs.ts": "t\n" });
  });

  test("combines changes of different lines", () => {
    const result = merge({
      base,
      ours: { ...base, "a.ts": "one\n2\n3\n4\n5\n" },
      theirs: { ...base, "a.ts": "1\n2\n3\n4\nfive\n" },
    });
    expect(result).toMatchObject({ combined: ["a.ts"], conflicts: [], texts: { "a.ts": "one\n2\n3\n4\nfive\n" } });
  });

  test.each<[string, Texts, Texts, Record<string, string>]>([
    ["the same line on both sides", { ...base, "b.ts": "x\n" }, { ...base, "b.ts": "y\n" }, { "b.ts": "both-changed" }],
    ["a new file on both sides", { ...base, "n.ts": "x\n" }, { ...base, "n.ts": "y\n" }, { "n.ts": "both-added" }],
    [
      "a change here and a deletion there",
      { ...base, "b.ts": "x\n" },
      { "a.ts": base["a.ts"], "c.ts": "c\n" },
      { "b.ts": "changed-and-deleted" },
    ],
    [
      "a deletion here and a change there",
      { "a.ts": base["a.ts"], "c.ts": "c\n" },
      { ...base, "b.ts": "x\n" },
      { "b.ts": "changed-and-deleted" },
    ],
    [
      "a change here and a move there",
      { ...base, "b.ts": "x\n" },
      { "a.ts": base["a.ts"], "c.ts": "c\n", "moved.ts": "b\n" },
      { "b.ts": "changed-and-deleted" },
    ],
    [
      "binary content on both sides",
      { ...base, "b.ts": "x\0" },
      { ...base, "b.ts": "y\0" },
      { "b.ts": "both-changed" },
    ],
    [
      "names for one place",
      { ...base, "New.ts": "x\n" },
      { ...base, "new.ts": "y\n" },
      { "New.ts": "same-place", "new.ts": "same-place" },
    ],
  ])("gives %s as a conflict and picks no side", (_, ours, theirs, expected) => {
    const result = merge({ base, ours, theirs });
    expect(result.reasons).toEqual(expected);
    for (const path of Object.keys(expected))
      expect(result.tree.get(path as FilePath)).toEqual(
        path in ours
          ? describeContent(encodeText(ours[path] ?? ""))
          : path === "new.ts"
            ? expect.anything()
            : undefined,
      );
  });

  test("with an unchanged side gives the other side; equal changes do not conflict; the merge is symmetric", () => {
    const text = fc.constantFrom("a\n", "a\nb\n", "b\nc\nd\n", "x\nb\n", "");
    const texts = fc.dictionary(fc.constantFrom("a.ts", "b.ts", "dir/c.ts", "dir/d.ts"), text);
    fc.assert(
      fc.property(texts, texts, texts, (from, left, right) => {
        expect(merge({ base: from, ours: from, theirs: right }).texts).toEqual(right);
        expect(merge({ base: from, ours: left, theirs: from }).texts).toEqual(left);
        expect(merge({ base: from, ours: left, theirs: left })).toMatchObject({ texts: left, conflicts: [] });
        const one = merge({ base: from, ours: left, theirs: right });
        const other = merge({ base: from, ours: right, theirs: left });
        expect(Object.keys(other.reasons)).toEqual(Object.keys(one.reasons));
        if (one.conflicts.length === 0) expect(other.texts).toEqual(one.texts);
      }),
      { numRuns: 1_000 },
    );
  });
});
