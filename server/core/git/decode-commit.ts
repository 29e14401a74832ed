import type { ObjectId } from "#lib/contracts/ids.ts";

export type DecodedCommit = {
  treeId: ObjectId;
  parentIds: ObjectId[];
  authorName: string;
  /** Trimmed; empty if the commit has no message. */
  message: string;
};

/** The parts of a commit that Graft shows. A signature and unknown headers remain in the bytes. */
export function decodeCommit(bytes: Uint8Array): DecodedCommit {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf("\n\n");
  const headers = toText(end === -1 ? bytes : bytes.subarray(0, end)).split("\n");
  const read = (name: string) =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    treeId: (read("tree")[0] ?? "") as ObjectId,
    parentIds: read("parent") as ObjectId[],
    authorName: (read("author")[0] ?? "").replace(/\s*<.*$/, "").trim(),
    message:
      end === -1
        ? ""
        : toText(bytes.subarray(end + 2))
            .replaceAll("\0", "")
            .trim(),
  };
}

/** Old commits are in Latin-1, with or without an encoding header. Latin-1 has a character for every byte. */
function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}
