import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ObjectId } from "#lib/contracts/ids.ts";
import { planRefs, toRefName } from "./plan-refs.ts";

type RefVersion = Parameters<typeof planRefs>[0][number];

const toId = (version: number) => version.toString(16).padStart(40, "0") as ObjectId;

function version(number: number, facts: Partial<RefVersion> = {}): RefVersion {
  return { version: number, commitId: toId(number), label: null, isHead: false, isTip: false, ...facts };
}

function plan(versions: RefVersion[]): Record<string, number> {
  return Object.fromEntries([...planRefs(versions)].map(([name, id]) => [name, Number.parseInt(id, 16)]));
}

describe("planRefs", () => {
  test("makes main from the active version, branches from other tips, and tags from labels", () => {
    expect(
      plan([
        version(1, { label: "First release" }),
        version(2, { isTip: true }),
        version(3, { isTip: true, label: "feature/x" }),
        version(4, { isHead: true, isTip: true }),
      ]),
    ).toEqual({
      "refs/graft/v1": 1,
      "refs/graft/v2": 2,
      "refs/graft/v3": 3,
      "refs/graft/v4": 4,
      "refs/heads/main": 4,
      "refs/heads/v2": 2,
      "refs/heads/feature/x": 3,
      "refs/tags/First-release": 1,
      "refs/tags/feature/x": 3,
    });
  });

  test("numbers a name that is taken or blocked by another", () => {
    const refs = plan([
      version(1, { isTip: true, label: "main" }),
      version(2, { isTip: true, label: "A" }),
      version(3, { isTip: true, label: "a/b" }),
      version(4, { isTip: true, label: "v5" }),
      version(5, { isTip: true }),
      version(6, { isTip: true, label: "Head" }),
      version(7, { isHead: true }),
    ]);
    expect(Object.entries(refs).filter(([name]) => name.startsWith("refs/heads/"))).toEqual([
      ["refs/heads/main", 7],
      ["refs/heads/v5", 5],
      ["refs/heads/main-v1", 1],
      ["refs/heads/A", 2],
      ["refs/heads/a-b-v3", 3],
      ["refs/heads/v5-v4", 4],
      ["refs/heads/Head-v6", 6],
    ]);
  });

  test("keeps names distinct on every disk, whatever the labels are", () => {
    const label = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.string({ unit: fc.constantFrom("a", "A", "/", ".", "-", "@", "{", " ", "é", "main", ".lock"), maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(label, { maxLength: 12 }), (labels) => {
        const refs = planRefs(labels.map((text, index) => version(index + 1, { label: text, isTip: true })));
        const names = [...refs.keys()].map((name) => name.normalize("NFKC").toLowerCase());
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(names.filter((other) => other.startsWith(`${name}/`))).toEqual([]);
        expect(names.filter((name) => name.startsWith("refs/heads/"))).toHaveLength(labels.length);
      }),
    );
  });
});

describe("toRefName", () => {
  test.each([
    ["Before the rewrite", "Before-the-rewrite"],
    ["..", null],
    ["a..b", "a.b"],
    ["/a//b/", "a/b"],
    ["x.lock.lock", "x"],
    ["-rf", "rf"],
    ["@", null],
    ["a@{1}", "a-1}"],
    [" ~^:?*[\\ ", null],
    ["版本", "版本"],
  ])("turns %o into %o", (label, name) => {
    expect(toRefName(label)).toBe(name);
  });

  test("leaves room in a name of 255 bytes", () => {
    expect(Buffer.byteLength(toRefName("😀".repeat(80)) ?? "")).toBe(200);
  });
});
