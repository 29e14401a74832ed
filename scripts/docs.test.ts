import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { systemClock } from "#server/providers/clock.ts";
import { createScriptedModel } from "#server/providers/testing/scripted-model.ts";
import { createVendors } from "#server/providers/vendors/registry.ts";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const decisions = `${root}docs/adr/`;

test("each decision has a unique number, which its title repeats", () => {
  const names = readdirSync(decisions).sort();
  const numbers = names.map((name) => Number(name.slice(0, 4)));
  expect(numbers).toEqual(names.map((_, index) => index + 1));
  for (const [index, name] of names.entries())
    expect(readFileSync(`${decisions}${name}`, "utf8")).toMatch(new RegExp(`^# ${index + 1}\\. \\S`));
});

test("each file that the security page names as a proof exists", () => {
  const text = readFileSync(`${root}docs/security.md`, "utf8");
  const named = [...text.matchAll(/`((?:server|scripts|e2e|lib|components)\/[^`\s]*)`/g)].map(([, path]) => path ?? "");
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
});

test("the variables of every provider are explained", () => {
  const vendors = createVendors({
    config: { compatibleTools: "on" },
    keys: new Map(),
    builtinModel: createScriptedModel([]),
    clock: systemClock,
  });
  const variables = vendors.flatMap(({ facts: { keyVariable, addressVariable } }) =>
    [keyVariable, addressVariable].filter((variable) => variable !== null),
  );
  const withoutKey = vendors.filter(({ facts }) => facts.keyVariable === null);
  expect(withoutKey.map(({ facts }) => facts.provider)).toEqual(["builtin"]);
  for (const page of [".env.example", "README.md"]) {
    const text = readFileSync(`${root}${page}`, "utf8");
    expect(variables.filter((variable) => !text.includes(variable))).toEqual([]);
  }
});
