import { expect, test } from "vitest";
import { buildZip, unicodePathField, type ZipEntryParts, type ZipParts } from "#server/testing/build-zip.ts";
import { bytesInMemory } from "./byte-source.ts";
import { exportComment } from "./archive-comments.ts";
import { usualChoices, type ImportChoices } from "./import-choices.ts";
import { inspectArchive } from "./inspect-archive.ts";

async function inspect({
  entries,
  parts = {},
  choices = {},
  projectName = null,
}: {
  entries: readonly ZipEntryParts[];
  parts?: ZipParts;
  choices?: Partial<ImportChoices>;
  projectName?: string | null;
}) {
  const {
    files,
    record: { leftOut, ...record },
    ...rest
  } = await inspectArchive({
    source: bytesInMemory(buildZip(entries, parts)),
    projectName,
    choices: { ...usualChoices, ...choices },
  });
  return {
    ...rest,
    ...record,
    paths: files.map(({ path }) => path),
    modes: Object.fromEntries(files.map(({ path, mode }) => [path, mode])),
    leftOut: Object.fromEntries(leftOut.map(({ path, reason, fileCount }) => [path, [reason, fileCount]])),
  };
}

const named = (...names: string[]): ZipEntryParts[] => names.map((name) => ({ name, content: `${name}\n` }));

test.each([
  ["a branch", named("app-main/a.py", "app-main/b/c.py"), {}, null],
  ["a commit", named("app-4f2a91c/a.py", "app-4f2a91c/b.py"), {}, null],
  ["a release", named("app-1.2.0/a.py", "app-1.2.0/b.py"), {}, null],
  ["git's comment", named("top/a.py", "top/b.py"), { comment: "a".repeat(40) }, null],
  ["a readme", named("top/README.md", "top/b/c.py"), {}, null],
  ["a manifest", named("top/package.json", "top/b/c.ts"), {}, null],
  ["the project's name", named("My-App/a.py", "My-App/b.py"), {}, "my app"],
  ["a desktop", named("top/a.py", "__MACOSX/top/._a.py"), {}, null],
])("the folder that a project was packed in is stripped: %s", async (_by, entries, parts, projectName) => {
  const { topFolder, paths, obstacles } = await inspect({ entries, parts, projectName });
  expect(topFolder).toBe(entries[0]?.name.toString().split("/")[0]);
  expect(paths.every((path) => !path.startsWith(String(topFolder)))).toBe(true);
  expect(obstacles).toEqual([]);
});

test.each([
  ["a directory of the project", named("app/main.py", "app/util.py")],
  ["a file beside it", named("app-main/README.md", "notes.txt")],
  ["two folders", named("a-main/README.md", "b-main/README.md")],
])("paths are unchanged: %s", async (_why, entries) => {
  const { topFolder, paths } = await inspect({ entries });
  expect(topFolder).toBeNull();
  expect(paths).toEqual(entries.map(({ name }) => name).toSorted());
});

test("the user decides on the top folder", async () => {
  const kept = await inspect({ entries: named("app-main/README.md"), choices: { topFolder: "keep" } });
  expect(kept.paths).toEqual(["app-main/README.md"]);
  const removed = await inspect({ entries: named("app/a.py"), choices: { topFolder: "remove" } });
  expect(removed).toMatchObject({ paths: ["a.py"], topFolder: "app" });
});

const litter = [
  "web-main/package.json",
  "web-main/src/a.ts",
  "web-main/node_modules/x/index.js",
  "web-main/node_modules/x/node_modules/y/index.js",
  "web-main/packages/z/node_modules/y/index.js",
  "web-main/.next/BUILD_ID",
  "web-main/.git/config",
  "web-main/.git/objects/aa/bb",
  "web-main/.DS_Store",
  "web-main/src/Thumbs.db",
  "web-main/src/._a.ts",
  "web-main/py/.venv/pyvenv.cfg",
  "web-main/py/.venv/lib/x.py",
  "web-main/py/__pycache__/a.pyc",
  "web-main/rust/Cargo.toml",
  "web-main/rust/target/debug/a",
  "web-main/php/composer.json",
  "web-main/php/vendor/autoload.php",
  "__MACOSX/web-main/._src",
];

test("files that users never mean to import are skipped and listed, directories as one entry", async () => {
  const { paths, leftOut, obstacles } = await inspect({ entries: named(...litter) });
  expect(obstacles).toEqual([]);
  expect(paths).toEqual(["package.json", "php/composer.json", "rust/Cargo.toml", "src/a.ts"]);
  expect(leftOut).toEqual({
    "node_modules/": ["dependencies", 2],
    "packages/z/node_modules/": ["dependencies", 1],
    ".next/": ["build", 1],
    ".git/": ["version-control", 2],
    ".DS_Store": ["desktop", 1],
    "src/Thumbs.db": ["desktop", 1],
    "src/._a.ts": ["desktop", 1],
    "py/.venv/": ["dependencies", 2],
    "py/__pycache__/": ["build", 1],
    "rust/target/": ["build", 1],
    "php/vendor/": ["dependencies", 1],
    "__MACOSX/": ["desktop", 1],
  });
});

test("a group can be included; git's own directory cannot", async () => {
  const { paths, leftOut, obstacles } = await inspect({
    entries: named(...litter.filter((name) => !name.includes("/.git/"))),
    choices: { groups: new Set(["desktop"]) },
  });
  expect(obstacles).toEqual([]);
  expect(paths).toContain("node_modules/x/node_modules/y/index.js");
  expect(new Set(Object.values(leftOut).map(([reason]) => reason))).toEqual(new Set(["desktop"]));

  const all = await inspect({ entries: named(...litter), choices: { groups: new Set() } });
  expect(all.obstacles.map(({ rule }) => rule)).toEqual(["path", "path"]);
});

test.each([
  ["target of no build", named("a.txt", "target/a.rs")],
  ["vendor of Go", named("go.mod", "vendor/modules.txt")],
  ["a directory env without a virtual environment", named("a.txt", "env/dev.yaml", "venv/readme")],
  ["a file named node_modules", named("a.txt", "node_modules")],
  ["dist and build", named("a.txt", "build/b.js", "dist/c.js")],
  ["names that only begin alike", named(".gitignore", ".DS_Store.md", "node_modules2/a", "thumbs.db.txt")],
])("an ordinary name is kept: %s", async (_what, entries) => {
  const { paths, leftOut } = await inspect({ entries });
  expect(paths).toEqual(entries.map(({ name }) => name).toSorted());
  expect(leftOut).toEqual({});
});

test("the user skips files and directories by path", async () => {
  const entries = named("a.txt", "docs/a.md", "docs/b/c.md", "docs2/d.md", "src/x.ts");
  const { paths, leftOut } = await inspect({ entries, choices: { without: ["docs/", "src/x.ts"] } });
  expect(paths).toEqual(["a.txt", "docs2/d.md"]);
  expect(leftOut).toEqual({ "docs/": ["chosen", 2], "src/x.ts": ["chosen", 1] });
  await expect(inspect({ entries, choices: { without: ["docs3"] } })).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("a directory without files is listed", async () => {
  const { paths, leftOut } = await inspect({
    entries: [
      { name: "top-main/" },
      { name: "top-main/logs/" },
      { name: "top-main/src/" },
      ...named("top-main/src/a.ts"),
    ],
  });
  expect(paths).toEqual(["src/a.ts"]);
  expect(leftOut).toEqual({ "logs/": ["empty-directory", 0] });
});

test("modes are kept: executables, and links including dangling ones", async () => {
  const { modes, obstacles } = await inspect({
    entries: [
      { name: "gradlew", content: "#!/bin/sh\n", mode: 0o100755 },
      { name: "no-type.sh", content: "#!/bin/sh\n", mode: 0o755 },
      { name: "owner-only.sh", content: "#!/bin/sh\n", mode: 0o100744 },
      { name: "group-only.txt", content: "x", mode: 0o100654 },
      { name: "unknown.txt", content: "x" },
      { name: "a/CLAUDE.md", content: "../AGENTS.md", mode: 0o120777 },
      { name: "latest", content: "missing/dir", mode: 0o120755 },
    ],
  });
  expect(obstacles).toEqual([]);
  expect(modes).toEqual({
    "a/CLAUDE.md": "120000",
    gradlew: "100755",
    "group-only.txt": "100644",
    latest: "120000",
    "no-type.sh": "100755",
    "owner-only.sh": "100755",
    "unknown.txt": "100644",
  });
});

const utf8 = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));

test.each<[string, ZipEntryParts, string, boolean]>([
  ["UTF-8 with the flag", { name: "docs/caf\u00e9-日.txt" }, "docs/caf\u00e9-日.txt", false],
  ["UTF-8 without the flag", { name: utf8("docs/caf\u00e9-日.txt"), flags: 0x1000 }, "docs/caf\u00e9-日.txt", false],
  ["decomposed, as macOS writes", { name: utf8("cafe\u0301.md"), flags: 0x1000 }, "caf\u00e9.md", true],
  ["decomposed with the flag", { name: "cafe\u0301.md" }, "caf\u00e9.md", true],
  ["CP437", { name: Uint8Array.of(0x63, 0x61, 0x66, 0x82), flags: 0x1000 }, "caf\u00e9", false],
  [
    "Info-ZIP's Unicode path",
    {
      name: Uint8Array.of(0x3f, 0x2e, 0x61),
      flags: 0x1000,
      extra: unicodePathField({ name: "日.a", plainName: Uint8Array.of(0x3f, 0x2e, 0x61) }),
    },
    "日.a",
    false,
  ],
  [
    "a Unicode path of another name",
    {
      name: Uint8Array.of(0x62, 0x2e, 0x61),
      flags: 0x1000,
      extra: unicodePathField({ name: "日.a", plainName: Uint8Array.of(0x61) }),
    },
    "b.a",
    false,
  ],
  ["emoji", { name: "⚠️ notes/👩‍💻.md" }, "⚠️ notes/👩‍💻.md", false],
  ["DOS separators", { name: "src\\a\\b.ts", madeBy: 20 }, "src/a/b.ts", true],
])("a name is read as it was meant: %s", async (_how, entry, path, isRenamed) => {
  const { paths, renamed } = await inspect({ entries: [{ ...entry, content: "x" }, ...named("z.txt")] });
  expect(paths).toContain(path);
  expect(renamed.map(({ to }) => to)).toEqual(isRenamed ? [path] : []);
});

test("large formats: zip64 and descriptors", async () => {
  expect((await inspect({ entries: named("a", "b"), parts: { isZip64: true } })).paths).toEqual(["a", "b"]);
  expect((await inspect({ entries: [{ name: "a", content: "abc", hasDescriptor: true }] })).paths).toEqual(["a"]);
});

test("an export is imported unchanged", async () => {
  const entries = named("app-main/README.md", "app-main/node_modules/x.js", "app-main/.DS_Store");
  const { paths, leftOut, topFolder } = await inspect({ entries, parts: { comment: exportComment } });
  expect({ count: paths.length, leftOut, topFolder }).toEqual({ count: 3, leftOut: {}, topFolder: null });
});

test("git's archive of a commit contains what was committed, including dependency folders", async () => {
  const entries = named("app-main/README.md", "app-main/fixtures/node_modules/x.js", "app-main/.DS_Store");
  const { paths, leftOut, topFolder } = await inspect({ entries, parts: { comment: "0123abcd".repeat(5) } });
  expect({ count: paths.length, leftOut, topFolder }).toEqual({ count: 3, leftOut: {}, topFolder: "app-main" });
});
