import { expect, test } from "vitest";
import { parseTextAnswer } from "./parse-text-answer.ts";

const size = 1_000_000;
const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length));
const shapes: Record<string, (length: number) => string> = {
  "one module": (length) => `app/a.py\n\`\`\`python\n${fill("def f(x):\n    return x + 1\n\n", length)}\`\`\`\n`,
  "one document": (length) => `README.md\n\`\`\`md\n${fill("# T\n```sh\nx\n```\n", length)}\`\`\`\n`,
  documents: (length) => fill("a.md\n```md\nx\n```\n", length),
  "documents in doubt": (length) => fill("a.md\n```\nx\n```\n", length),
  "a string with fences": (length) => `a.py\n\`\`\`\n"""\n${fill("```\nx\n", length)}\`\`\`\n`,
  "broken blocks": (length) =>
    fill("a.py\n```\n<<<<<<< SEARCH\na\n=======\nb\n=======\nc\n>>>>>>> REPLACE\n```\n", length),
  "open patches": (length) => fill("*** Begin Patch\n*** Update File: a.py\n@@\n-a\n", length),
  "open tags": (length) => fill('<file path="a.py">\nx\n', length),
  "JSON lines": (length) => fill("{\n", length),
  "open thoughts": (length) => fill("<thinking>\n", length),
  quotations: (length) => fill("> a\n", length),
  "one line": (length) => fill("a.b/`c` ", length),
  "rising fences": (length) =>
    Array.from({ length: Math.floor(Math.sqrt(2 * length)) }, (_, index) => `${"`".repeat(3 + index)}\n`).join(""),
};

/** How often the reader visits a line is not measured, so the bound is generous: quadratic work takes minutes. */
test.each(Object.entries(shapes))("a megabyte of %s is read in time", { timeout: 30_000 }, (name, print) => {
  const startedAt = performance.now();
  const { proposals, prose } = parseTextAnswer({ text: print(size), paths: ["a.py"] });
  console.log(`a megabyte of ${name}: ${(performance.now() - startedAt).toFixed(0)} ms`);
  expect(proposals.length + prose.length).toBeGreaterThan(0);
});
