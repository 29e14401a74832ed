import { expect, test } from "vitest";
import { playCalls, write, type Calls } from "#server/testing/play-run.ts";

test("a file that is deleted, written and deleted again is gone", async () => {
  const path = "notes/c.txt";
  const remove = ["delete_file", { path }] as Calls[number];
  const result = await playCalls({
    parent: { "notes/a.txt": "1\n", [path]: "2\n" },
    prompt: `Delete ${path}`,
    turns: [[remove, write(path, "3\n"), remove]],
  });
  expect(result).toEqual({ [path]: null });
});
