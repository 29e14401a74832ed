import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../docs/adr/", import.meta.url));

test("each decision has a number of its own, which its title repeats", () => {
  const names = readdirSync(folder).sort();
  const numbers = names.map((name) => Number(name.slice(0, 4)));
  expect(numbers).toEqual(names.map((_, index) => index + 1));
  for (const [index, name] of names.entries())
    expect(readFileSync(`${folder}${name}`, "utf8")).toMatch(new RegExp(`^# ${index + 1}\\. \\S`));
});
