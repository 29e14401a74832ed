import type { ObjectId } from "#lib/contracts/ids.ts";
import { encodeGitTree, type GitTreeEntry } from "./encode-git-tree.ts";

type DecodedTree =
  | { status: "decoded"; entries: readonly GitTreeEntry[] }
  | { status: "unheld"; name: string; reason: string };

const heldModes: ReadonlySet<string> = new Set(["40000", "100644", "100755", "120000"]);
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/**
 * Decodes a directory, or returns the first entry that Graft cannot hold. Encoding the result gives the same bytes, so
 * that the directory keeps its id.
 */
export function decodeGitTree(bytes: Uint8Array): DecodedTree {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: GitTreeEntry[] = [];
  for (let at = 0; at < buffer.length;) {
    const space = buffer.indexOf(0x20, at);
    const nul = buffer.indexOf(0, space);
    if (space === -1 || nul === -1 || nul + 21 > buffer.length)
      return { status: "unheld", name: "", reason: "its directory ends in the middle of an entry" };
    const mode = buffer.toString("latin1", at, space);
    const nameBytes = buffer.subarray(space + 1, nul);
    const name = nameBytes.toString("utf8");
    const objectId = buffer.toString("hex", nul + 1, nul + 21) as ObjectId;
    at = nul + 21;
    const reason = findFault({ mode, name, nameBytes, objectId });
    if (reason !== null) return { status: "unheld", name, reason };
    entries.push({ name, mode: mode as GitTreeEntry["mode"], objectId });
  }
  if (!buffer.equals(encodeGitTree(entries)))
    return { status: "unheld", name: "", reason: "its directory is not in git's order" };
  return { status: "decoded", entries };
}

function findFault({
  mode,
  name,
  nameBytes,
  objectId,
}: {
  mode: string;
  name: string;
  nameBytes: Buffer;
  objectId: ObjectId;
}): string | null {
  if (mode === "160000") return "it is a submodule, and Graft holds files alone";
  if (!heldModes.has(mode)) return `its mode ${mode} is of no file that Graft holds`;
  if (!Buffer.from(name, "utf8").equals(nameBytes)) return "its name is not UTF-8";
  if (mode === "40000" && objectId === emptyTree) return "it is an empty directory";
  return null;
}
