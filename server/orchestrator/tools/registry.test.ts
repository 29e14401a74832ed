import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ModelDescription } from "../ports.ts";
import { readProtocol } from "../protocols.ts";
import { allTools } from "./registry.ts";

test("every tool that a file declares is registered", () => {
  const declared = readdirSync(import.meta.dirname)
    .filter((name) => !name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"))
    .filter((text) => /^export const \w+ = define(?:Reading|Changing)Tool\(/m.test(text))
    .map((text) => /^ {2}name: "(\w+)"/m.exec(text)?.[1]);
  expect(declared.toSorted()).toEqual(allTools.map(({ name }) => name).toSorted());
});

test("the instructions name every tool", () => {
  const model = { supportsTools: true } as ModelDescription;
  const { system, tools } = readProtocol({ kind: "generate", model });
  expect(tools).toHaveLength(allTools.length);
  expect(allTools.filter(({ name }) => !system.includes(name))).toEqual([]);
});
