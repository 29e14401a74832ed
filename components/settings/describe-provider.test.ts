import { expect, test } from "vitest";
import { describeProvider } from "./describe-provider.ts";

const hosted = {
  keyVariable: "OPENAI_API_KEY",
  addressVariable: null,
  hasAddress: true,
  storedAt: null,
  keySource: "none" as const,
};

test("a provider without a key accepts one; one with a key from the environment does not", () => {
  expect(describeProvider(hosted)).toMatchObject({ word: "missing", canPaste: true });
  expect(describeProvider({ ...hosted, keySource: "environment" })).toMatchObject({ note: null, canPaste: false });
});

test("shows a pasted key that the environment overrides", () => {
  const state = describeProvider({ ...hosted, keySource: "environment", storedAt: "2026-11-30T00:00:00.000Z" });
  expect(state.note).toContain("OPENAI_API_KEY is set and wins.");
});

test("without an address no key can be pasted, and with one a key is optional", () => {
  const own = { ...hosted, addressVariable: "OPENAI_COMPATIBLE_BASE_URL" };
  expect(describeProvider({ ...own, hasAddress: false })).toMatchObject({ word: "missing", canPaste: false });
  expect(describeProvider(own)).toMatchObject({ word: "no key", canPaste: true });
});

test("a key that this host cannot decrypt asks for another", () => {
  expect(describeProvider({ ...hosted, keySource: "unreadable" })).toMatchObject({ tone: "negative", canPaste: true });
});
