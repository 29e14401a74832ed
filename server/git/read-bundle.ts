import type { ObjectId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { readRemoteRefs, type RemoteRefs } from "./read-remote-refs.ts";

const firstLine = /^# v([23]) git bundle\n$/;

/** One line is an id and a ref's name. */
const maxLineBytes = 8_192;
const maxLines = 50_000;

/** The maximum length of the first line. */
export const bundleSignatureBytes = "# v2 git bundle\n".length;

/** Detects a git bundle by the first bytes of an upload. */
export function isBundleSignature(bytes: Uint8Array): boolean {
  return firstLine.test(Buffer.from(bytes).toString("latin1"));
}

/**
 * The refs of a bundle, and a reader positioned at its pack. git itself never sees the file, because its header could
 * name anything.
 *
 * @throws AppError REPOSITORY_REFUSED
 */
export async function readBundle(source: AsyncIterable<Uint8Array>): Promise<{ refs: RemoteRefs; pack: ChunkReader }> {
  const pack = new ChunkReader(source);
  const lines: string[] = [];
  for (;;) {
    const line = (await pack.readUntil({ end: 0x0a, maxBytes: maxLineBytes }))?.toString("utf8");
    if (line === undefined || lines.length > maxLines) throw refuse("The bundle is damaged.");
    if (line === "\n") break;
    if (line.startsWith("-"))
      throw refuse("The bundle has a part of a history alone. Make one of all: git bundle create <file> --all HEAD.");
    if (line.startsWith("@") && line !== "@object-format=sha1\n")
      throw refuse(`The bundle is of a form that Graft does not read (${line.trim()}).`);
    lines.push(line);
  }
  const refs = readRemoteRefs(lines.map((line) => line.replace(" ", "\t")).join(""));
  const [, head] = /^([0-9a-f]{40}) HEAD$/m.exec(lines.join("")) ?? [];
  // A bundle contains the commit of HEAD, but not its branch.
  const atHead = [...refs.branches].filter(([, id]) => id === head).map(([name]) => name);
  const current = ["main", "master", ...atHead].find((name) => atHead.includes(name)) ?? null;
  if (current === null && head !== undefined) refs.branches.set("HEAD", head as ObjectId);
  return { refs: { ...refs, current: current ?? (head === undefined ? null : "HEAD") }, pack };
}

function refuse(reason: string): AppError {
  return new AppError({ code: "REPOSITORY_REFUSED", message: `${reason} Nothing was stored.` });
}
