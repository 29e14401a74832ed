import { describe, expect, test } from "vitest";
import type { GenerationId, ObjectId } from "#lib/contracts/ids.ts";
import { computeObjectId } from "./compute-object-id.ts";
import { encodeGitTree } from "./encode-git-tree.ts";
import { encodeVersionCommit } from "./encode-version-commit.ts";

type VersionCommit = Parameters<typeof encodeVersionCommit>[0];

const blobId = (text: string) => computeObjectId({ type: "blob", body: Buffer.from(text) });
const treeId = (entries: Parameters<typeof encodeGitTree>[0]) =>
  computeObjectId({ type: "tree", body: encodeGitTree(entries) });
const commitId = (commit: VersionCommit) => computeObjectId({ type: "commit", body: encodeVersionCommit(commit) });

const created: VersionCommit = {
  generationId: "019acb00-0000-7000-8000-000000000001" as GenerationId,
  version: 1,
  kind: "create",
  prompt: "A shop",
  author: "model",
  model: "builtin:scaffold",
  createdAt: new Date("2026-01-02T03:04:05.678Z"),
  treeId: "4b825dc642cb6eb9a060e54bf8d69288fbee4904" as ObjectId,
  parentIds: [],
};

describe("ids equal git's", () => {
  // From `git hash-object` and `git write-tree` of git 2.39.
  test("of contents", () => {
    expect(blobId("")).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    expect(blobId("hello\n")).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
  });

  test("of directories, sorted with a slash after a directory's name", () => {
    expect(treeId([])).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
    const objectId = blobId("hello\n");
    const below = treeId([{ name: "x", mode: "100644", objectId }]);
    expect(
      treeId([
        { name: "a", mode: "40000", objectId: below },
        { name: "a.txt", mode: "100755", objectId },
        { name: "a-b", mode: "120000", objectId },
        { name: "a0", mode: "100644", objectId },
        { name: "é", mode: "100644", objectId },
      ]),
    ).toBe("8a87934dc7fcb37ea4184b2345b5b1873ad60219");
  });
});

describe("the commit of a version", () => {
  test("has exactly these bytes", () => {
    expect(Buffer.from(encodeVersionCommit(created)).toString("utf8")).toBe(
      [
        "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "author builtin:scaffold <model@graft.invalid> 1767323045 +0000",
        "committer Graft <graft@graft.invalid> 1767323045 +0000",
        "",
        "A shop",
        "",
        "Graft-Version: 1",
        "Graft-Generation: 019acb00-0000-7000-8000-000000000001",
        "Graft-Kind: create",
        "Graft-Model: builtin:scaffold",
        "",
      ].join("\n"),
    );
  });

  // These ids are in users' clones. If a test fails here, the change breaks every clone.
  test.each<[string, Partial<VersionCommit>, string]>([
    ["a creation", {}, "fbba46ca1fe5af40d98d9587b69988026b771824"],
    [
      "an edit of the user without a prompt",
      { kind: "edit", author: "user", model: null, prompt: null, version: 2, parentIds: ["1".repeat(40) as ObjectId] },
      "6ab9f541dfdabbb9c29729b2aabab58e0c8d79eb",
    ],
    [
      "a merge",
      {
        kind: "merge",
        author: "user",
        model: null,
        prompt: null,
        parentIds: ["1".repeat(40) as ObjectId, "2".repeat(40) as ObjectId],
      },
      "936f179d20b87501ad59ae4de2aa3604a1684445",
    ],
    [
      "a prompt of several lines in another script",
      { prompt: "  Größe\r\n\r\n店 🏬\n\n" },
      "90e98d814c0c48c5006e500b0039bf0ba49245a0",
    ],
    [
      "a model whose name would end the line",
      { model: "compatible:a<b>\nc" },
      "fbeb69cf534cbb94d16ee7be2e0ade96e5301dda",
    ],
  ])("of %s is the same on every machine", (_, change, id) => {
    expect(commitId({ ...created, ...change })).toBe(id);
  });
});
