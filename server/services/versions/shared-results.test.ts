import { expect, test } from "vitest";
import { createSharedResults } from "./shared-results.ts";

test("concurrent callers share the work, and the last results are cached", async () => {
  const shared = createSharedResults<string>({ maxKept: 2 });
  const computed: string[] = [];
  const get = (key: string) =>
    shared.get({
      key,
      compute: async () => {
        computed.push(key);
        return `${key}!`;
      },
    });
  expect(await Promise.all([get("a"), get("a"), get("b")])).toEqual(["a!", "a!", "b!"]);
  await get("a");
  await get("c");
  await get("b");
  expect(computed).toEqual(["a", "b", "c", "b"]);
});

test("a failure is its caller's only", async () => {
  const shared = createSharedResults<string>({ maxKept: 2 });
  const fail = shared.get({ key: "a", compute: () => Promise.reject(new Error("cancelled")) });
  const other = shared.get({ key: "a", compute: async () => "done" });
  await expect(fail).rejects.toThrow("cancelled");
  expect(await other).toBe("done");
  expect(await shared.get({ key: "a", compute: async () => "again" })).toBe("done");
});
