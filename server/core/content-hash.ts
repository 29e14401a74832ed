import { createHash } from "node:crypto";
import type { ContentHash } from "#lib/contracts/ids.ts";

/** Lower-case hex SHA-256 of `bytes`. */
export function hashContent(bytes: Uint8Array): ContentHash {
  return createHash("sha256").update(bytes).digest("hex") as ContentHash;
}
