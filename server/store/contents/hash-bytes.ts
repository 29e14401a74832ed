import type { ContentHash } from "#lib/contracts/ids.ts";

/** The database holds hashes as their 32 bytes, the wire as 64 hex digits. */
export function hashToBytes(hash: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(hash, "hex"));
}

export function hashFromBytes(bytes: Uint8Array): ContentHash {
  return Buffer.from(bytes).toString("hex") as ContentHash;
}
