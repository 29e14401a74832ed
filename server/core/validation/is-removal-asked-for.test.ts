import { expect, test } from "vitest";
import { isRemovalAskedFor } from "./is-removal-asked-for.ts";

test.each([
  ["Remove the User model.", ["User"]],
  ["Please drop the due date from tasks", ["due_date"]],
  ["rename createUser to registerUser", ["createUser"]],
  ["Replace the axios dependency with fetch.", ["axios"]],
  ["Tasks no longer have priorities.", ["priority"]],
  ["Delete the /users/{id} route", ["/users/{id}", "get_user"]],
  ["Rewrite src/cart.ts as functions.", ["Cart", "src/cart.ts"]],
  ["get rid of delete_task", ["delete_task"]],
])("%j asks for the removal of %j", (prompt, names) => {
  expect(isRemovalAskedFor({ prompt, names })).toBe(true);
});

test.each([
  ["Add a User model.", ["User"]],
  ["Remove the logo. Show the user's name.", ["User"]],
  ["Remove the username field", ["User"]],
  ["Add a delete task button", ["delete_task"]],
  ["Remove the old styles\nand add a task list", ["list_tasks"]],
  ["", ["User"]],
  ["Remove everything", ["", "{}"]],
])("%j does not ask for the removal of %j", (prompt, names) => {
  expect(isRemovalAskedFor({ prompt, names })).toBe(false);
});

test("a long prompt is searched in bounded time", () => {
  const startedMs = performance.now();
  for (const part of ["remove user ", "a-", "\n", ". ", "due date "])
    isRemovalAskedFor({ prompt: part.repeat(100_000 / part.length), names: ["due_date_of_task", "x", "User.name"] });
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});
