import { expect, test } from "vitest";
import type { MergeOrigin } from "#lib/contracts/versions/generation.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { describeOrigin } from "./describe-origin.ts";

const path = "a.py" as FilePath;

test("a file says who made its change", () => {
  const of = (kind: Parameters<typeof describeOrigin>[0]["kind"], status: "modified" | "kept" = "modified") =>
    describeOrigin({ kind, status, path, mergeOriginOf: null });
  expect(of("iterate")).toBe("model");
  expect(of("edit")).toBe("you");
  expect(of("restore")).toBe("restored by you");
  expect(of("iterate", "kept")).toBeNull();
});

test("a file of a merge says which side it comes from", () => {
  const of = (origin: MergeOrigin | null) =>
    describeOrigin({ kind: "merge", status: "modified", path, mergeOriginOf: () => origin });
  expect(of("taken")).toBe("from the branch");
  expect(of("combined")).toBe("combined from both sides");
  expect(of("decided")).toBe("resolved by you");
  expect(of(null)).toBe("merge");
});
