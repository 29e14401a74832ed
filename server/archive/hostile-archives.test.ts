import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import { buildZip, extraField, type ZipEntryParts } from "#server/testing/build-zip.ts";
import { bytesInMemory } from "./byte-source.ts";
import { usualChoices } from "./import-choices.ts";
import { inspectArchive } from "./inspect-archive.ts";

const inspect = (archive: Uint8Array) =>
  inspectArchive({ source: bytesInMemory(archive), projectName: null, choices: usualChoices });
const ok: ZipEntryParts = { name: "ok.txt", content: "ok\n" };
const beside = (entry: ZipEntryParts) => buildZip([ok, entry]);
const flip = ({ archive, text, to }: { archive: Uint8Array; text: string; to: string }) => {
  Buffer.from(archive.buffer).write(to, Buffer.from(archive.buffer).indexOf(text));
  return archive;
};

/** Corrupt archives: nothing of them is imported, whatever else they contain. */
const damaged: Record<string, Uint8Array> = {
  "empty upload": new Uint8Array(),
  "no zip at all": Buffer.from("hello"),
  "an end record alone that counts one": buildZip([], { declaredCount: 1 }),
  "cut off at the end": buildZip([ok]).subarray(0, -1),
  "cut off in the middle": buildZip([ok, { name: "b", content: "b".repeat(5_000), method: 0 }]).subarray(0, 2_000),
  "bytes after the end": buildZip([ok], { suffix: Buffer.from("x") }),
  "a second archive after the end": buildZip([ok], {
    suffix: buildZip([{ name: "evil", content: "x" }]).subarray(0, 30),
  }),
  "bytes in front that no offset counts": Buffer.concat([Buffer.from("#!/bin/sh\n"), buildZip([ok])]),
  "directory elsewhere": buildZip([ok], { directoryOffset: 3 }),
  "fewer entries counted than listed": buildZip([ok, { name: "b" }, { name: "c" }], { declaredCount: 1 }),
  "no entries counted": buildZip([ok], { declaredCount: 0 }),
  "more entries counted than listed": buildZip([ok], { declaredCount: 2 }),
  "stored content changed": flip({
    archive: buildZip([{ name: "pay.py", content: "limit = 1000\n", method: 0 }]),
    text: "1000",
    to: "9000",
  }),
  "deflated content with another checksum": beside({ name: "a", content: "a".repeat(100), crc: 1 }),
  "deflated content that is not deflate": beside({ name: "a", content: "abc", compressed: Buffer.from([7, 7, 7, 7]) }),
  "deflated content cut off": beside({
    name: "a",
    content: "abcdef".repeat(50),
    compressed: deflateRawSync("abcdef".repeat(50)).subarray(0, -3),
  }),
  "bytes after the deflated content": beside({
    name: "a",
    content: "abc",
    compressed: Buffer.concat([deflateRawSync("abc"), Buffer.from("hidden")]),
  }),
  "declared shorter than it is": beside({ name: "a", content: "a".repeat(100), declaredBytes: 10 }),
  "declared longer than it is": beside({ name: "a", content: "a".repeat(100), declaredBytes: 1_000 }),
  "declared empty": beside({ name: "a", content: "a".repeat(100), declaredBytes: 0 }),
  "stored and declared longer": beside({ name: "a", content: "abc", method: 0, declaredBytes: 9 }),
  "compressed size past the end": beside({
    name: "a",
    content: "abc",
    hasDescriptor: true,
    declaredCompressedBytes: 1_000_000,
  }),
  "another size in front of the content": beside({ name: "a", content: "abc", localSizeBytes: 2 }),
  "another name in front of the content": beside({ name: "a.txt", content: "a", localName: "b.txt" }),
  "another compression in front of the content": beside({ name: "a", content: "a", localMethod: 0 }),
  "header that points into the directory": beside({ name: "a", content: "a", headerOffset: 60 }),
  "header far away": beside({ name: "a", content: "a", headerOffset: 1_000_000 }),
  "two entries of the same bytes": buildZip([
    { name: "a", content: "a" },
    { name: "a", content: "a", headerOffset: 0 },
  ]),
  "entries that overlap": buildZip([
    { name: "a", content: buildZip([ok]), method: 0 },
    { name: "ok.txt", content: "ok\n", headerOffset: 31 },
  ]),
  "directory with content, by mode": beside({ name: "src/main.py", content: "print(1)", mode: 0o040755 }),
  "directory without content, named as a file": beside({ name: "src", mode: 0o040755 }),
  "directory with content, by name": beside({ name: "src/", content: "print(1)" }),
  "directory with content, by DOS attribute": beside({ name: "src", content: "x", attributes: 0x10 }),
  "link named as a directory": beside({ name: "src/", mode: 0o120777 }),
  "name not UTF-8 under the flag": beside({ name: Uint8Array.of(0x61, 0xff, 0x62), content: "x" }),
  "name of half a surrogate pair under the flag": beside({ name: Uint8Array.of(0xed, 0xa0, 0x80), content: "x" }),
  "overlong slash under the flag": beside({ name: Uint8Array.of(0x2e, 0x2e, 0xc0, 0xaf, 0x78), content: "x" }),
  "entry without a name": beside({ name: "", content: "x" }),
  "extra field cut off": beside({ name: "a", content: "x", extra: Uint8Array.of(1, 0, 9, 0, 0) }),
  "sizes in a zip64 field that is missing": beside({ name: "a", content: "x", declaredBytes: 0xffffffff }),
  "zip64 sizes beyond all numbers": beside({
    name: "a",
    content: "x",
    declaredBytes: 0xffffffff,
    extra: extraField({ id: 1, data: Buffer.alloc(24, 0xff) }),
  }),
  "part of several archives": beside({ name: "a", content: "x", disk: 1 }),
  "zip64 end that differs": (() => {
    const archive = Buffer.from(buildZip([ok], { isZip64: true }));
    archive.writeUInt32LE(7, archive.length - 22 + 12);
    return archive;
  })(),
  "count of zip64 without its record": buildZip([ok], { declaredCount: 0xffff }),
  bomb: buildZip(
    Array.from({ length: 40 }, (_, index) => ({ name: `z${index}.bin`, content: new Uint8Array(1_048_576) })),
  ),
};

test.each(Object.entries(damaged))("refuses an archive as damaged: %s", async (_name, archive) => {
  await expect(inspect(new Uint8Array(archive))).rejects.toSatisfy(
    (error: unknown) => error instanceof AppError && error.code === "INVALID_ARCHIVE",
  );
});

/** Entries that a project cannot contain. The whole archive is refused, and each entry is listed with its rule. */
const unfit: [what: string, entry: ZipEntryParts, rule: string][] = [
  ["a path that leaves", { name: "../evil.txt", content: "x" }, "path"],
  ["a path that leaves further in", { name: "a/../../evil.txt", content: "x" }, "path"],
  ["an absolute path", { name: "/etc/passwd", content: "x" }, "path"],
  ["a drive", { name: "C:/x", content: "x" }, "path"],
  ["a backslash", { name: "a\\..\\..\\x", content: "x" }, "path"],
  ["a NUL in its name", { name: "a\0.txt", content: "x" }, "path"],
  ["a line feed in its name", { name: "a\nb", content: "x" }, "path"],
  ["an invisible character", { name: "a\u{1D173}b", content: "x" }, "path"],
  ["a device before a space and a dot", { name: "nul .txt", content: "x" }, "path"],
  ["a git directory in disguise", { name: "GIT~1/config", content: "x" }, "path"],
  ["an empty directory that leaves", { name: "../../evil/" }, "path"],
  ["a name of 300 bytes", { name: "a".repeat(300), content: "x" }, "path"],
  ["a depth of 33", { name: `${"d/".repeat(32)}f`, content: "x" }, "path"],
  ["an encrypted file", { name: "a", content: "x", flags: 0x0801 }, "encrypted"],
  ["LZMA", { name: "a", content: "x", method: 14 }, "compression"],
  ["a device", { name: "dev", content: "x", mode: 0o020644 }, "file-type"],
  ["a pipe", { name: "pipe", mode: 0o010644 }, "file-type"],
  ["a link out of the project", { name: "link", content: "../../etc/passwd", mode: 0o120777 }, "link-target"],
  ["an absolute link", { name: "link", content: "/etc/passwd", mode: 0o120777 }, "link-target"],
  ["an empty link", { name: "link", content: "", mode: 0o120777 }, "link-target"],
  ["the same path again", { ...ok, content: "other" }, "duplicate"],
  ["the same path in another case", { name: "OK.TXT", content: "x" }, "collision"],
  ["a directory where a file is", { name: "ok.txt/a", content: "x" }, "collision"],
  ["a text above 8 MiB", { name: "big.txt", content: Buffer.alloc(8 * 1_048_576 + 1, "a\n") }, "file-size"],
  ["a file above 10 MiB", { name: "big.bin", content: Buffer.alloc(10 * 1_048_576 + 1) }, "file-size"],
];

test.each(unfit)("lists %s, skips it on request, and takes the rest", async (_name, entry, rule) => {
  const archive = bytesInMemory(beside(entry));
  const strict = await inspectArchive({ source: archive, projectName: null, choices: usualChoices });
  expect(strict.obstacles.map((obstacle) => obstacle.rule)).toEqual([rule]);
  expect(strict.obstacles[0]?.message).toMatch(/^[A-Z.].*\.$/s);

  const lenient = await inspectArchive({
    source: archive,
    projectName: null,
    choices: { ...usualChoices, leavesOutUnsupported: true },
  });
  expect(lenient.record.leftOut.map(({ reason }) => reason)).toEqual(["unsupported"]);
  expect(lenient.obstacles.map((obstacle) => obstacle.rule)).toEqual(rule === "duplicate" ? ["no-files"] : []);
  expect(lenient.files).toHaveLength(rule === "duplicate" ? 0 : 1);
});

test("all obstacles are reported at once", async () => {
  const { obstacles } = await inspect(buildZip([ok, ...unfit.map(([, entry]) => entry)]));
  const rules = new Set(unfit.map(([, , rule]) => rule));
  expect(new Set(obstacles.map(({ rule }) => rule))).toEqual(rules);
  expect(obstacles.length).toBeGreaterThanOrEqual(unfit.length - 2);
});

test("a project that compresses well is not a bomb", async () => {
  const { files, obstacles } = await inspect(
    buildZip([
      { name: "lines.txt", content: "\n".repeat(60_000) },
      { name: "zeros.bin", content: new Uint8Array(9 * 1_048_576) },
    ]),
  );
  expect(obstacles).toEqual([]);
  expect(files).toHaveLength(2);
});

test("an archive with only directories is not a project", async () => {
  const { obstacles } = await inspect(buildZip([{ name: "a/" }, { name: "a/b/" }]));
  expect(obstacles.map(({ rule }) => rule)).toEqual(["no-files"]);
});

test(`there are ${Object.keys(damaged).length} damaged archives and ${unfit.length} unfit entries`, () => {
  expect(Object.keys(damaged).length + unfit.length).toBeGreaterThan(60);
});
