import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { ProviderName } from "#lib/contracts/model.ts";

const algorithm = "aes-256-gcm";
const format = 1;
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + saltBytes + nonceBytes + tagBytes;

/**
 * A provider's key, encrypted with AES-256-GCM under a per-record key derived from `masterKey` and a random salt. The
 * provider is authenticated data, so a row that is moved to another provider cannot be decrypted.
 */
export function sealKey({
  masterKey,
  provider,
  value,
}: {
  masterKey: Uint8Array;
  provider: ProviderName;
  value: string;
}): Uint8Array<ArrayBuffer> {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, recordKey({ masterKey, salt }), nonce, { authTagLength: tagBytes });
  cipher.setAAD(authenticated(provider));
  const sealed = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.of(format), salt, nonce, cipher.getAuthTag(), sealed]));
}

/** Null if the bytes were encrypted with another key or for another provider, or were changed. */
export function openKey({
  masterKey,
  provider,
  sealed,
}: {
  masterKey: Uint8Array;
  provider: ProviderName;
  sealed: Uint8Array;
}): string | null {
  const bytes = Buffer.from(sealed);
  if (bytes.length <= headBytes || bytes[0] !== format) return null;
  const salt = bytes.subarray(1, 1 + saltBytes);
  const nonce = bytes.subarray(1 + saltBytes, headBytes - tagBytes);
  const decipher = createDecipheriv(algorithm, recordKey({ masterKey, salt }), nonce, { authTagLength: tagBytes });
  decipher.setAAD(authenticated(provider));
  decipher.setAuthTag(bytes.subarray(headBytes - tagBytes, headBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(headBytes)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function recordKey({ masterKey, salt }: { masterKey: Uint8Array; salt: Uint8Array }): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", masterKey, salt, "graft provider key", 32));
}

function authenticated(provider: ProviderName): Buffer {
  return Buffer.from(`graft provider key ${format}: ${provider}`, "utf8");
}
