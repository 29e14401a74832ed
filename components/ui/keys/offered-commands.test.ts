import { expect, test } from "vitest";
import { listOfferedCommands, offerCommands } from "./offered-commands.ts";

test("a page offers its commands while it is mounted, and unavailable ones are not offered", () => {
  let isPossible = false;
  const command = { id: "save", label: "Save", key: null, run: () => undefined };
  const takeBack = offerCommands({ heading: "Review", list: () => (isPossible ? [command] : []) });
  expect(listOfferedCommands()).toEqual([]);
  isPossible = true;
  expect(listOfferedCommands()).toEqual([{ heading: "Review", commands: [command] }]);
  takeBack();
  expect(listOfferedCommands()).toEqual([]);
});
