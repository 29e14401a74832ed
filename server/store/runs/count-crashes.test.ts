import { expect, test } from "vitest";
import { countCrashes } from "./count-crashes.ts";

const now = { steps: 2, serverStart: "today" };
const last = { ...now, isAlone: true };

test.each([
  ["ended in good order", null, 2],
  ["ended its worker, alone and without a new step", last, 3],
  ["shared its worker", { ...last, isAlone: false }, 2],
  ["ended with the database", { ...last, serverStart: "yesterday" }, 2],
  ["remembered a step", { ...last, steps: 1 }, 0],
])("an attempt that %s", (_, attempt, crashes) => {
  expect(countCrashes({ crashes: 2, last: attempt, now })).toBe(crashes);
});
