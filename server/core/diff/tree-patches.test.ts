import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { FileMode } from "#lib/contracts/versions/file-mode.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { describeContent, encodeText } from "../file-content.ts";
import { comparePaths, type FileTree } from "../file-tree.ts";
import { buildFilePatch } from "./build-file-patch.ts";
import { diffTrees } from "./diff-trees.ts";

type Files = ReadonlyMap<FilePath, { text: string; mode: FileMode }>;

const directory = mkdtempSync(join(tmpdir(), "graft-tree-patches-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function git({ work, args, input }: { work: string; args: string[]; input?: string }): string {
  const { status, stdout, stderr } = spawnSync("git", args, {
    cwd: work,
    input,
    env: { ...process.env, GIT_CEILING_DIRECTORIES: directory, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "" },
  });
  if (status !== 0) throw new Error(`git ${args.join(" ")} refused:\n${stderr.toString()}\n${input}`);
  return stdout.toString().trim();
}

/** Makes `files` the index, using only git's plumbing. */
function writeIndex({ work, files }: { work: string; files: Files }): string {
  git({ work, args: ["read-tree", "--empty"] });
  const lines = [...files].map(
    ([path, { text, mode }]) =>
      `${mode} ${git({ work, args: ["hash-object", "-w", "--stdin"], input: text })}\t${path}\n`,
  );
  git({ work, args: ["update-index", "--index-info"], input: lines.join("") });
  return git({ work, args: ["write-tree"] });
}

function toTree(files: Files): FileTree {
  return new Map([...files].map(([path, { text, mode }]) => [path, { ...describeContent(encodeText(text)), mode }]));
}

function buildPatch({ parent, child }: { parent: Files; child: Files }): string {
  const read = (text: string | undefined) => (text === undefined ? null : encodeText(text));
  return diffTrees({ base: toTree(parent), head: toTree(child) })
    .map(({ path, previousPath = path, status }) => {
      const before = status === "added" ? undefined : parent.get(previousPath);
      const after = status === "deleted" ? undefined : child.get(path);
      return buildFilePatch({
        path,
        previousPath,
        before: read(before?.text),
        after: read(after?.text),
        oldMode: before?.mode,
        newMode: after?.mode,
      }).patch;
    })
    .join("");
}

const file = fc.oneof(
  fc.record({
    mode: fc.constantFrom<FileMode>("100644", "100644", "100755"),
    text: fc.constantFrom("", "one\n", "one\ntwo\n", "one\ntwo\nthree", "../a.sh", "#!/bin/sh\necho\n"),
  }),
  fc.record({
    mode: fc.constant<FileMode>("120000"),
    text: fc.constantFrom("../a.sh", "one\n", "lib/x y.py", "gone", "ünï"),
  }),
);
/** `lib` is a file in some trees and a directory in others. */
const files: fc.Arbitrary<Files> = fc
  .tuple(
    fc.dictionary(fc.constantFrom("a.sh", "b.sh", "bin/run", "dir/x y.py", "ünï.txt"), file),
    fc.oneof(
      fc.dictionary(fc.constant("lib"), file),
      fc.dictionary(fc.constantFrom("lib/a.py", "lib/x y.py", "lib/sub/b.py"), file),
    ),
  )
  .map(
    ([some, others]) =>
      new Map(
        Object.entries({ ...some, ...others })
          .map(([path, value]) => [path as FilePath, value] as const)
          .sort(([a], [b]) => comparePaths(a, b)),
      ),
  );

describe("the patches of two trees", () => {
  const work = mkdtempSync(join(directory, "case-"));
  git({ work, args: ["init", "-q", "."] });

  test("turn the parent into the child with git apply, including modes and links", () => {
    fc.assert(
      fc.property(files, files, (parent, child) => {
        const wanted = writeIndex({ work, files: child });
        const start = writeIndex({ work, files: parent });
        const patch = buildPatch({ parent, child });
        expect(patch === "").toBe(start === wanted);
        if (patch === "") return;
        git({ work, args: ["apply", "--cached", "--whitespace=nowarn", "-"], input: patch });
        expect(git({ work, args: ["write-tree"] })).toBe(wanted);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test("state a mode as git does", () => {
    const path = "gradlew" as FilePath;
    const [parent, child] = (["100644", "100755"] as const).map((mode) => new Map([[path, { text: "x\n", mode }]]));
    if (parent === undefined || child === undefined) return;
    expect(buildPatch({ parent, child })).toBe("diff --git a/gradlew b/gradlew\nold mode 100644\nnew mode 100755\n");
  });
});
