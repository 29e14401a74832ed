import { expect, test } from "vitest";
import {
  isFileTidyingAskedFor,
  isRemovalAskedFor,
  isRemovalAskedForInWords,
  isRemovalOfDeprecatedAskedFor,
  isTidyingAskedFor,
  listDroppedVersions,
} from "./is-removal-asked-for.ts";
import { nameFile } from "./loss/name-file.ts";

test.each([
  ["Remove the User model.", ["User"]],
  ["Please drop the due date from tasks", ["due_date"]],
  ["rename createUser to registerUser", ["createUser"]],
  ["Replace the axios dependency with fetch.", ["axios"]],
  ["Tasks no longer have priorities.", ["priority"]],
  ["Delete the /users/{id} route", ["/users/{id}", "get_user"]],
  ["Rewrite src/cart.ts as functions.", ["Cart", "src/cart.ts"]],
  ["get rid of delete_task", ["delete_task"]],
  ["Remove most of the notes", ["notes"]],
  ["Shorten the guide", ["guide"]],
  ["old_test: const DefaultRemoteAddr is unused.", ["DefaultRemoteAddr"]],
  ["Rewrite the whole project from scratch", ["User"]],
  ["Remove CoffeeScript", ["coffee"]],
  ["Remove Coffescript", ["coffee?"]],
  ["Remove CoffeeScript", ["lib/page.coffee", "page.coffee", "page", "coffee"]],
])("%j requests the removal of %j", (prompt, names) => {
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
  ["Tidy up the router", ["router"]],
  ["Simplify billing", ["billing"]],
  ["Remove the ordering of tasks", ["order"]],
  ["Stockholders are removed", ["stock"]],
  ["Add CoffeeScript", ["coffee"]],
  ["Remove unnecessary async on ProductGridItems", ["app/product/page.tsx", "page.tsx", "page", "product"]],
  ["Remove SidebarMenu", ["ui/sidebar.tsx", "sidebar.tsx", "sidebar"]],
  ["Don't remove the header when the body is empty", ["header"]],
])("%j does not request the removal of %j", (prompt, names) => {
  expect(isRemovalAskedFor({ prompt, names })).toBe(false);
});

test("a long prompt is searched in bounded time", () => {
  const startedMs = performance.now();
  for (const part of ["remove user ", "a-", "\n", ". ", "due date "])
    isRemovalAskedFor({ prompt: part.repeat(100_000 / part.length), names: ["due_date_of_task", "x", "User.name"] });
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});

test.each([
  ["Remove the cache in app.py", ["app.py"], false],
  ["app.py: remove the cache", ["app.py"], false],
  ["Remove most of what is in app.py", ["app.py"], true],
  ["Delete app.py", ["app.py"], true],
  ["Rename items to notes", ["Item"], false],
  ["Drop the Item model", ["Item"], true],
])("%j requests the removal of what %j contains: %s", (prompt, holders, expected) => {
  expect(isRemovalAskedFor({ prompt, names: [], holders })).toBe(expected);
});

test.each([
  ["Drop support for old versions: remove gorilla/context", ["context_gorilla"], true],
  ["Add gorilla/context", ["context_gorilla"], false],
])("%j requests the removal of %j by its words: %s", (prompt, names, expected) => {
  expect(isRemovalAskedForInWords({ prompt, names })).toBe(expected);
});

test.each([
  ["Remove unused code", true],
  ["Cleanup old files", true],
  ["Remove the unused variable in the lambda", false],
  ["Tidy up the router", false],
])("%j requests the removal of unused code: %s", (prompt, expected) => {
  expect(isTidyingAskedFor(prompt)).toBe(expected);
});

test.each([
  ["Remove Radius support", "test/views/hello.radius", true],
  ["Remove readme files for languages other than English", "README.pt-br.md", true],
  ["Remove readme files for languages other than English", "README.malayalam.md", true],
  ["Remove the json output", "config.json", false],
  ["Remove the guide", "README.de.md", false],
])("%j requests the removal of the file %j: %s", (prompt, path, expected) => {
  expect(isRemovalAskedFor({ prompt, names: nameFile(path) })).toBe(expected);
});

test.each([
  ["Cleanup the docs sidebar", "docs/_templates/sidebarintro.html", true],
  ["Update the sidebar", "docs/_templates/sidebarintro.html", false],
  ["Cleanup the docs", "app/main.py", false],
])("%j requests that %j be tidied: %s", (prompt, path, expected) => {
  expect(isFileTidyingAskedFor({ prompt, path })).toBe(expected);
});

test("a prompt can request the removal of deprecated code, and of code for a version", () => {
  expect(isRemovalOfDeprecatedAskedFor("Remove deprecated methods and options")).toBe(true);
  expect(isRemovalOfDeprecatedAskedFor("Deprecate the reloader")).toBe(false);
  expect(isRemovalOfDeprecatedAskedFor("Warn of deprecated methods")).toBe(false);
  expect(listDroppedVersions("Drop support for CPython 3.7. Add 3.13.")).toEqual(["3.7"]);
});
