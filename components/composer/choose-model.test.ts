import { expect, test } from "vitest";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ProviderName } from "#lib/contracts/model.ts";
import { chooseModel } from "./choose-model.ts";

const model = (modelId: string, { isAvailable = true, isDefault = false } = {}) => ({
  modelId: modelId as ModelId,
  provider: modelId.split(":")[0] as ProviderName,
  isAvailable,
  isDefault,
});
const builtin = model("builtin:scaffold", { isDefault: true });
const models = [builtin, model("anthropic:a", { isAvailable: false }), model("openai:b"), model("mistral:c")];
const choose = ({
  of = models,
  stored = null,
  lastUsed,
}: {
  of?: typeof models;
  stored?: string | null;
  lastUsed: string | null | undefined;
}) => chooseModel({ models: of, stored, lastUsed: lastUsed as ModelId | null | undefined })?.modelId;

test("a choice of this browser comes first, if it is available", () => {
  expect(choose({ stored: "mistral:c", lastUsed: "openai:b" })).toBe("mistral:c");
  expect(choose({ stored: "anthropic:a", lastUsed: "openai:b" })).toBe("openai:b");
});

test("an imported project starts with a model, not with the built-in generator", () => {
  expect(choose({ lastUsed: null })).toBe("openai:b");
});

test("a project of the built-in generator stays with it, and others with their last model", () => {
  expect(choose({ lastUsed: "builtin:scaffold" })).toBe("builtin:scaffold");
  expect(choose({ lastUsed: "mistral:c" })).toBe("mistral:c");
  expect(choose({ lastUsed: "anthropic:a" })).toBe("openai:b");
});

test("a default of the host, or the only model there is, is taken at once", () => {
  expect(choose({ of: [builtin], lastUsed: undefined })).toBe("builtin:scaffold");
  expect(
    choose({ of: [model("builtin:scaffold"), model("mistral:c", { isDefault: true })], lastUsed: undefined }),
  ).toBe("mistral:c");
  expect(choose({ lastUsed: undefined })).toBeUndefined();
  expect(choose({ of: [], lastUsed: null })).toBeUndefined();
});
