import { APICallError } from "ai";
import { expect, test } from "vitest";
import type { ModelId } from "#lib/contracts/ids.ts";
import { classifyFailure } from "./classify-failure.ts";
import { systemClock } from "../clock.ts";
import { createCompatibleVendor } from "../vendors/compatible.ts";

const { facts } = createCompatibleVendor({
  config: { compatibleTools: "on" },
  vendorKey: undefined,
  clock: systemClock,
});

const description = {
  modelId: "compatible:m" as ModelId,
  label: "m",
  provider: "compatible" as const,
  isAvailable: true,
  supportsTools: true,
  supportsImages: false,
  contextTokens: 8_000,
  maxOutputTokens: 1_000,
};

function classify({ statusCode, message, secrets }: { statusCode: number; message: string; secrets: string[] }) {
  const error = new APICallError({
    message: "failed",
    url: "http://127.0.0.1/v1",
    requestBodyValues: {},
    statusCode,
    responseBody: JSON.stringify({ error: { message } }),
  });
  return classifyFailure({ error, description, facts, keySource: "environment", secrets });
}

const tooLong = "This model's maximum context length is 8192 tokens.";

test.each([[["x"]], [["maximum"]], [["context length"]], [["maximum context length"]], [[""]], [[]]])(
  "the provider's words decide the class, even if they contain a secret: %j",
  (secrets) => {
    expect(classify({ statusCode: 400, message: tooLong, secrets }).code).toBe("CONTEXT_TOO_LONG");
    expect(classify({ statusCode: 400, message: "Rejected by the content filter", secrets }).code).toBe(
      "MODEL_REFUSED",
    );
  },
);

test("a secret is removed from the quoted words, even if the quotation ends within it", () => {
  const secret = "sk-0123456789-0123456789";
  for (const filler of ["", "y".repeat(190)]) {
    const { message } = classify({ statusCode: 418, message: `${filler} the key ${secret}`, secrets: [secret] });
    expect(message).toContain("It said");
    expect(message).not.toContain("sk-0123");
  }
});

test("a value of less than 8 characters is not a secret", () => {
  expect(classify({ statusCode: 418, message: "an example text", secrets: ["x", "example"] }).message).toContain(
    "an example text",
  );
});
