import { expect, test } from "vitest";
import { FileDrafts } from "./file-drafts.ts";

const started = (path: string, operation: "write" | "edit" | "delete" | "move", destination?: string) => ({
  path,
  operation,
  destination,
});

test("the text of a file that is being written is one operation", () => {
  const drafts = new FileDrafts();
  drafts.start(started("a.ts", "write"));
  for (const delta of ["one\n", "two\n"]) drafts.append({ path: "a.ts", delta, isOld: false });
  expect(drafts.list("a.ts")).toEqual([{ type: "write", path: "a.ts", content: "one\ntwo\n" }]);
});

test("edits pair the old text with the new one, also if the new one is empty", () => {
  const drafts = new FileDrafts();
  drafts.start(started("a.ts", "edit"));
  drafts.append({ path: "a.ts", delta: "o", isOld: true });
  drafts.append({ path: "a.ts", delta: "ne", isOld: true });
  drafts.append({ path: "a.ts", delta: "", isOld: false });
  drafts.append({ path: "a.ts", delta: "two", isOld: true });
  drafts.append({ path: "a.ts", delta: "2", isOld: false });
  expect(drafts.list("a.ts")).toEqual([
    {
      type: "edit",
      path: "a.ts",
      edits: [
        { oldText: "one", newText: "" },
        { oldText: "two", newText: "2" },
      ],
    },
  ]);
});

test("a moved file keeps its changes and is edited at its new path", () => {
  const drafts = new FileDrafts();
  drafts.start(started("a.ts", "edit"));
  drafts.append({ path: "a.ts", delta: "one", isOld: true });
  drafts.append({ path: "a.ts", delta: "1", isOld: false });
  drafts.start(started("a.ts", "move", "b.ts"));
  drafts.start(started("b.ts", "edit"));
  drafts.append({ path: "b.ts", delta: "two", isOld: true });
  drafts.append({ path: "b.ts", delta: "2", isOld: false });
  expect(drafts.list("a.ts")).toEqual([]);
  expect(drafts.list("b.ts")).toEqual([
    { type: "edit", path: "a.ts", edits: [{ oldText: "one", newText: "1" }] },
    { type: "move", source: "a.ts", destination: "b.ts" },
    { type: "edit", path: "b.ts", edits: [{ oldText: "two", newText: "2" }] },
  ]);
});

test("a refused call is not part of the file, and the repeated call replaces it", () => {
  const drafts = new FileDrafts();
  drafts.start(started("a.ts", "write"));
  drafts.append({ path: "a.ts", delta: "one", isOld: false });
  drafts.apply("a.ts");
  drafts.start(started("a.ts", "edit"));
  drafts.append({ path: "a.ts", delta: "nothing", isOld: true });
  drafts.append({ path: "a.ts", delta: "1", isOld: false });
  drafts.refuse("a.ts");
  expect(drafts.list("a.ts")).toEqual([{ type: "write", path: "a.ts", content: "one" }]);
  drafts.start(started("a.ts", "move", "b.ts"));
  drafts.refuse("a.ts");
  expect([drafts.list("a.ts").length, drafts.list("b.ts").length]).toEqual([1, 0]);
  drafts.start(started("c.ts", "write"));
  drafts.dropOpen();
  expect(drafts.list("c.ts")).toEqual([]);
});
