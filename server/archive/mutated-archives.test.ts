import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import { buildArchive } from "#server/testing/build-archive.ts";
import { buildZip } from "#server/testing/build-zip.ts";
import { bytesInMemory } from "./byte-source.ts";
import { usualChoices } from "./import-choices.ts";
import { inspectArchive } from "./inspect-archive.ts";

const mutationCount = 4_000;

let bases: Uint8Array[];
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "graft-archives-"));
  const texts = { "README.md": "# A\n", "src/a.ts": "export const a = 1;\n".repeat(40), "empty.txt": "" };
  bases = [
    await buildArchive(texts),
    buildZip([
      { name: "a/b.txt", content: "stored\n", method: 0 },
      { name: "a/run.sh", content: "#!/bin/sh\n", mode: 0o100755 },
      { name: "link", content: "a/b.txt", mode: 0o120777 },
      { name: "a/empty/" },
      { name: "caf\u00e9-日.md", content: "x".repeat(200) },
    ]),
    buildZip(
      [
        { name: "later.txt", content: "later\n", hasDescriptor: true },
        { name: new Uint8Array(Buffer.from("日本.txt")), content: "no flag", flags: 0 },
        { name: Uint8Array.of(0x63, 0x82), content: "cp437", flags: 0 },
      ],
      { isZip64: true, comment: "a comment" },
    ),
  ];
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Damage in transit, and manipulations by attackers. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant("flip" as const), at: fc.nat(), bit: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), length: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant("repeat" as const), at: fc.nat(), length: fc.integer({ min: 1, max: 80 }) }),
  fc.record({
    kind: fc.constant("number" as const),
    at: fc.nat(),
    value: fc.constantFrom(0, 1, 0xff, 0xffff, 0xfffffffe, 0xffffffff, 0x04034b50, 0x02014b50),
  }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

function mutate({ bytes, change }: { bytes: Uint8Array; change: Mutation }): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = change.at % copy.length;
  switch (change.kind) {
    case "set":
      copy[at] = change.value;
      return copy;
    case "flip":
      copy[at] = (copy[at] ?? 0) ^ (1 << change.bit);
      return copy;
    case "cut":
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + change.length)]);
    case "repeat":
      return Buffer.concat([copy.subarray(0, at + change.length), copy.subarray(at)]);
    case "number":
      if (at + 4 <= copy.length) copy.writeUInt32LE(change.value, at);
      return copy;
  }
}

type Contents = Record<string, string>;

/** Content hash by path; null if the archive is refused. */
async function readOurs(archive: Uint8Array): Promise<Contents | null> {
  try {
    const { files, obstacles, record } = await inspectArchive({
      source: bytesInMemory(archive),
      projectName: null,
      choices: { ...usualChoices, groups: new Set(), topFolder: "keep" },
    });
    if (obstacles.length > 0) return null;
    const isAccountedFor = record.leftOut.every(({ reason }) => reason === "empty-directory");
    expect(isAccountedFor).toBe(true);
    return Object.fromEntries(files.map(({ path, fileEntry }) => [path, fileEntry.contentHash]));
  } catch (error) {
    if (error instanceof AppError && ["INVALID_ARCHIVE", "INPUT_TOO_LARGE"].includes(error.code)) return null;
    throw error;
  }
}

/** Python's own reader, which verifies checksums. Names without the UTF-8 flag are decoded as in Graft. */
const reference = `
import hashlib, json, sys, unicodedata, zipfile
def name_of(info):
    if info.flag_bits & 0x800: return info.filename
    raw = info.filename.encode("cp437")
    try: return raw.decode("utf-8")
    except UnicodeDecodeError: return info.filename
for line in sys.stdin:
    path = line.strip()
    try:
        with zipfile.ZipFile(path) as archive:
            print(json.dumps({unicodedata.normalize("NFC", name_of(info)): hashlib.sha256(archive.read(info)).hexdigest()
                              for info in archive.infolist() if not info.is_dir()}))
    except Exception as error:
        print(json.dumps({"": type(error).__name__}))
`;

function readReference(archives: readonly Uint8Array[]): Contents[] | null {
  const paths = archives.map((archive, index) => {
    const path = join(directory, `${index}.zip`);
    writeFileSync(path, archive);
    return path;
  });
  try {
    const output = execFileSync("python3", ["-c", reference], {
      input: paths.join("\n"),
      encoding: "utf8",
      maxBuffer: 100_000_000,
      stdio: ["pipe", "pipe", "ignore"],
    });
    return output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Contents);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

test("a mutated archive is refused, or another reader finds the same content", async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const cases = fc.sample(fc.tuple(fc.nat(), fc.array(mutation, { minLength: 1, maxLength: 3 })), {
    numRuns: mutationCount,
    seed,
  });
  const taken: { archive: Uint8Array; ours: Contents }[] = [];
  for (const [base, changes] of cases) {
    const archive = changes.reduce(
      (bytes, change) => (bytes.length === 0 ? bytes : mutate({ bytes, change })),
      bases[base % bases.length] ?? new Uint8Array(),
    );
    const ours = await readOurs(archive);
    if (ours !== null) taken.push({ archive, ours });
  }
  const found = readReference(taken.map(({ archive }) => archive));
  const compared = found === null ? "python3 is not here: not compared" : `${found.length} compared with python3`;
  console.log(
    `mutated archives (seed ${seed}): ${mutationCount - taken.length} refused, ${taken.length} taken, ${compared}`,
  );
  expect(taken.length).toBeGreaterThan(mutationCount / 50);
  const different = (found ?? []).flatMap((contents, index) => {
    const ours = taken[index]?.ours ?? {};
    const isEqual = JSON.stringify(Object.entries(contents).sort()) === JSON.stringify(Object.entries(ours).sort());
    return isEqual ? [] : [{ archive: Buffer.from(taken[index]?.archive ?? []).toString("base64"), contents, ours }];
  });
  expect(different).toEqual([]);
}, 60_000);
