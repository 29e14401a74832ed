import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openKey, sealKey } from "./sealed-key.ts";

const provider = "openai";

test("a sealed key decrypts to its original, and its ciphertext is different each time", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string({ minLength: 1 }), (masterKey, value) => {
      const sealed = sealKey({ masterKey, provider, value });
      expect(openKey({ masterKey, provider, sealed })).toBe(Buffer.from(value, "utf8").toString("utf8"));
      expect(Buffer.compare(sealed, sealKey({ masterKey, provider, value }))).not.toBe(0);
    }),
  );
});

test("another key, another provider, a changed byte or a shorter text decrypt to nothing", () => {
  const masterKey = randomBytes(32);
  const sealed = sealKey({ masterKey, provider, value: "sk-secret" });
  expect(openKey({ masterKey: randomBytes(32), provider, sealed })).toBeNull();
  expect(openKey({ masterKey, provider: "anthropic", sealed })).toBeNull();
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Uint8Array.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(openKey({ masterKey, provider, sealed: changed })).toBeNull();
    expect(openKey({ masterKey, provider, sealed: sealed.subarray(0, index) })).toBeNull();
  }
  expect(Buffer.from(sealed).includes("sk-secret")).toBe(false);
});
