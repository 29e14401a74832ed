import { expect, test } from "vitest";
import { listInputVariants, replaceAt } from "#server/testing/input-variants.ts";
import { listProcedures } from "#server/testing/list-procedures.ts";

const procedures = listProcedures();

const notText = { "a NUL": "a\0b", "half of a pair": "a\ud800b", "the other half": "\udc00" };

test("every string of every input refuses what is not text", () => {
  const accepted: string[] = [];
  let fieldCount = 0;
  for (const { name, inputs } of procedures) {
    for (const input of inputs) {
      for (const { sample, leaves } of listInputVariants(input)) {
        expect(input.safeParse(sample).error, `${name} takes its own sample`).toBeUndefined();
        for (const leaf of leaves.filter(({ kind }) => kind === "string" || kind === "any" || kind === "key")) {
          fieldCount += 1;
          for (const [what, value] of Object.entries(notText))
            if (input.safeParse(replaceAt({ sample, leaf, value })).success)
              accepted.push(`${name} takes ${what} in ${leaf.path.join(".")}`);
        }
      }
    }
  }
  console.log(`${procedures.length} procedures, ${fieldCount} string fields, ${accepted.length} take what is not text`);
  expect(accepted).toEqual([]);
  expect(fieldCount).toBeGreaterThan(80);
});

test("each input has a schema, so that the walk above covers it", () => {
  const context = procedures.find(({ name }) => name === "generation.iterate")?.inputs[0];
  const fields = context === undefined ? [] : listInputVariants(context).flatMap(({ leaves }) => leaves);
  expect(fields.map(({ path }) => path.join("."))).toEqual(
    expect.arrayContaining(["prompt", "scope.include.0", "context", "context.name", "idempotencyKey"]),
  );
});
