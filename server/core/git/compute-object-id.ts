import { createHash } from "node:crypto";
import type { ObjectId } from "#lib/contracts/ids.ts";

export type GitObjectType = "blob" | "tree" | "commit";

/** The git object id of `body`: the SHA-1 of its type, size and bytes. */
export function computeObjectId({ type, body }: { type: GitObjectType; body: Uint8Array }): ObjectId {
  return createHash("sha1").update(`${type} ${body.length}\0`).update(body).digest("hex") as ObjectId;
}
