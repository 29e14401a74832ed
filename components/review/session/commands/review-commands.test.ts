import { expect, test } from "vitest";
import { changeableKeys, keyGroups } from "../../../shell/key-list.ts";
import { decidingCommands } from "../../deciding/deciding-commands.ts";
import { hintOf, reviewCommands } from "./review-commands.ts";

test.each([
  ["a review", reviewCommands],
  ["changes to decide on", decidingCommands],
])("in %s a key has one effect, a command has one name, and each has a description", (_, commands) => {
  const keys = commands.flatMap((command) => command.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  for (const command of commands) {
    expect(command.does).not.toBe("");
    expect(command.keys).toHaveLength("step" in command ? 2 : Math.max(1, command.keys.length));
  }
});

test("key lists and menu hints match the table", () => {
  const listed = keyGroups.find(({ place }) => place === "Review")?.shortcuts ?? [];
  for (const { does } of reviewCommands) expect(listed.map((shortcut) => shortcut.does)).toContain(does);
  expect([hintOf("whitespace"), hintOf("list"), hintOf("none")]).toEqual(["w", "f", ""]);
  expect(changeableKeys.get("v")).toContain("Mark the file as viewed");
});
