import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseFiles } from "./choose-files.ts";
import { countTokens } from "./count-tokens.ts";
import { listRuleFiles } from "./list-rule-files.ts";
import { outlineTree } from "./outline-tree.ts";
import { planBudget } from "./plan-budget.ts";

const rankAll = (sizes: readonly number[]) =>
  sizes.map((_, at) => ({
    path: `f${at}`,
    score: -at,
    reasons: at % 7 === 6 ? [] : ["its text has words of the prompt"],
  }));

test("property: the chosen files are within the budget, without duplicates", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 60 }),
      fc.integer({ min: 100, max: 40_000 }),
      (sizes, budgetTokens) => {
        const sizeTokens = (path: string) => sizes[Number(path.slice(1))] ?? 0;
        const { chosen, nextBest } = chooseFiles({ ranked: rankAll(sizes), sizeTokens, budgetTokens });
        const used = chosen.reduce((total, { maxTokens }) => total + maxTokens, 0);
        expect(used).toBeLessThanOrEqual(budgetTokens);
        const paths = [...chosen, ...nextBest].map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        for (const { path, depth, maxTokens } of chosen) if (depth === "full") expect(maxTokens).toBe(sizeTokens(path));
      },
    ),
  );
});

test("a small project is shown whole, including files without evidence", () => {
  const sizes = Array.from({ length: 14 }, () => 50);
  const { chosen } = chooseFiles({ ranked: rankAll(sizes), sizeTokens: () => 50, budgetTokens: 8_000 });
  expect(chosen).toHaveLength(14);
});

test("a large, likely file is shown in parts and leaves room for others", () => {
  const sizes = [9_000, 500, 500, 500];
  const { chosen } = chooseFiles({
    ranked: rankAll(sizes),
    sizeTokens: (path) => sizes[Number(path.slice(1))] ?? 0,
    budgetTokens: 4_000,
  });
  expect(chosen.map(({ depth }) => depth)).toEqual(["part", "full", "full", "full"]);
});

test.each([
  { contextTokens: 8_192, maxOutputTokens: 4_096, limitTokens: null, requestTokens: 4_916 },
  { contextTokens: 200_000, maxOutputTokens: 64_000, limitTokens: null, requestTokens: 32_000 },
  { contextTokens: 1_000_000, maxOutputTokens: 64_000, limitTokens: 300_000, requestTokens: 300_000 },
  { contextTokens: 128_000, maxOutputTokens: 16_000, limitTokens: 500_000, requestTokens: 92_800 },
])("a window of $contextTokens with the limit $limitTokens takes $requestTokens", ({ requestTokens, ...model }) => {
  expect(planBudget(model).requestTokens).toBe(requestTokens);
});

test("property: a file list stays within its tokens, and a large project keeps the directories near relevant files", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 40, max: 2_000 }), (count, maxTokens) => {
      const paths = Array.from({ length: count }, (_, at) => `packages/p${at % 40}/src/module-${at}.ts`);
      const { lines, namedCount } = outlineTree({ paths, nearPaths: [paths[0] ?? ""], maxTokens, describe: () => "" });
      expect(countTokens(lines.join("\n"))).toBeLessThanOrEqual(maxTokens + 1);
      expect(namedCount).toBe(lines.filter((line) => line.endsWith(".ts")).length);
    }),
  );
});

test("a project that fits is listed completely", () => {
  const paths = ["a.ts", "src/b.ts", "src/deep/c.ts"];
  const { lines } = outlineTree({ paths, nearPaths: [], maxTokens: 500, describe: (path) => ` <${path.length}>` });
  expect(lines).toEqual(["- src/deep/c.ts <13>", "- src/b.ts <8>", "- a.ts <4>"]);
});

test("rule files: those nearest to the shown files first, none from unrelated folders", () => {
  const paths = [
    "AGENTS.md",
    "web/AGENTS.md",
    "api/CLAUDE.md",
    ".cursor/rules/style.mdc",
    ".github/copilot-instructions.md",
    "docs/agents.md",
  ];
  expect(listRuleFiles({ paths, shownPaths: ["web/src/app.ts"] })).toEqual([
    "web/AGENTS.md",
    ".cursor/rules/style.mdc",
    ".github/copilot-instructions.md",
    "AGENTS.md",
  ]);
});
