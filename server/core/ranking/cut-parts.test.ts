import fc from "fast-check";
import { expect, test } from "vitest";
import { cutParts, readPart } from "./cut-parts.ts";

const countTokens = (text: string) => Math.ceil(text.length / 4);
const rarity = () => 1;

function source(names: readonly string[]): string {
  return names.map((name) => `def ${name}():\n${"    x = 1\n".repeat(12)}    return x\n\n`).join("");
}

test("shows the declarations that the prompt refers to", () => {
  const text = source(["load_users", "send_invoice", "draw_chart", "close_books"]);
  const parts = cutParts({ text, prompt: "the invoice is sent twice", rarity, maxTokens: 100, countTokens });
  expect(parts).toHaveLength(1);
  expect(parts.map((part) => readPart({ text, part })).join("\n")).toContain("def send_invoice");
});

test("a text without words of the prompt has no part", () => {
  expect(cutParts({ text: source(["a_b"]), prompt: "zebra", rarity, maxTokens: 1_000, countTokens })).toEqual([]);
});

test("property: parts are in order, separate, within the text, and within their tokens", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("load_users", "send_invoice", "draw_chart", "close_books", "x"), { maxLength: 40 }),
      fc.integer({ min: 1, max: 600 }),
      (names, maxTokens) => {
        const text = source(names);
        const parts = cutParts({ text, prompt: "invoice users", rarity, maxTokens, countTokens });
        let before = 0;
        for (const { firstLine, lastLine } of parts) {
          expect(firstLine).toBeGreaterThan(before);
          expect(lastLine).toBeGreaterThanOrEqual(firstLine);
          before = lastLine;
        }
        expect(before).toBeLessThanOrEqual(text.split("\n").length);
        const tokens = parts.reduce((total, part) => total + countTokens(readPart({ text, part })), 0);
        expect(tokens).toBeLessThanOrEqual(maxTokens + 4 * parts.length);
      },
    ),
  );
});
