import { expect, test } from "vitest";
import type { ContentHash } from "#lib/contracts/ids.ts";
import { RecentContents } from "./recent-contents.ts";

const hash = (name: string) => name as ContentHash;
const contents = (...names: string[]) => new Map(names.map((name) => [hash(name), new Uint8Array(10)]));

async function listMissing({ recent, names }: { recent: RecentContents; names: string[] }): Promise<string[]> {
  let missing: string[] = [];
  const taken = await recent.take({
    hashes: names.map(hash),
    load: async (hashes) => {
      missing = hashes;
      return contents(...hashes);
    },
  });
  expect([...taken.keys()].sort()).toEqual([...names].sort());
  return missing;
}

test("loads missing contents once", async () => {
  const recent = new RecentContents({ maxBytes: 100 });
  recent.add(contents("a"));
  expect(await listMissing({ recent, names: ["a", "b"] })).toEqual(["b"]);
  expect(await listMissing({ recent, names: ["a", "b"] })).toEqual([]);
});

test("evicts the least recently used", async () => {
  const recent = new RecentContents({ maxBytes: 30 });
  recent.add(contents("a", "b", "c"));
  await listMissing({ recent, names: ["a"] });
  recent.add(contents("d"));
  expect(await listMissing({ recent, names: ["a", "c", "d"] })).toEqual([]);
  expect(await listMissing({ recent, names: ["b"] })).toEqual(["b"]);
});

test("holds equal contents once, and none that exceeds its capacity", async () => {
  const recent = new RecentContents({ maxBytes: 30 });
  for (let round = 0; round < 10; round += 1) recent.add(contents("a", "b", "c"));
  expect(await listMissing({ recent, names: ["a", "b", "c"] })).toEqual([]);
  recent.add(new Map([[hash("large"), new Uint8Array(31)]]));
  expect(await listMissing({ recent, names: ["large"] })).toEqual(["large"]);
});
