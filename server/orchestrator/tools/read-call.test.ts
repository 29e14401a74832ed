import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCall } from "./read-call.ts";
import { modelTools } from "./registry.ts";

const content = "x = 1\n";
const edits = [{ oldText: "a", newText: "b" }];

describe("an unambiguous form is read", () => {
  test.each<[name: string, input: unknown, tool: string, read: unknown]>([
    ["functions.write_file", { path: "a", content }, "write_file", { path: "a", content }],
    ["mcp__graft__write_file", { path: "a", content }, "write_file", { path: "a", content }],
    ["default_api:write_file", { path: "a", content }, "write_file", { path: "a", content }],
    ["writeFile", { filePath: "a", contents: content }, "write_file", { path: "a", content }],
    ["Write", { file_path: "a", content }, "write_file", { path: "a", content }],
    ["write_to_file", { path: "a", content, explanation: "new" }, "write_file", { path: "a", content }],
    ["write_file", { path: "a", file: "a", content }, "write_file", { path: "a", content }],
    ["edit_file", { path: "a", edits: JSON.stringify(edits) }, "edit_file", { path: "a", edits }],
    ["edit_file", { path: "a", edits: JSON.stringify(edits[0]) }, "edit_file", { path: "a", edits }],
    ["edit_file", { path: "a", edits: edits[0] }, "edit_file", { path: "a", edits }],
    ["edit_file", { path: "a", old_text: "a", new_text: "b" }, "edit_file", { path: "a", edits }],
    ["Edit", { file_path: "a", old_string: "a", new_string: "b" }, "edit_file", { path: "a", edits }],
    ["MultiEdit", { file_path: "a", edits: [{ old_string: "a", new_string: "b" }] }, "edit_file", { path: "a", edits }],
    [
      "str_replace_editor",
      { command: "str_replace", path: "a", old_str: "a", new_str: "b" },
      "edit_file",
      { path: "a", edits },
    ],
    ["str_replace_editor", { command: "create", path: "a", file_text: content }, "write_file", { path: "a", content }],
    [
      "str_replace_editor",
      { command: "view", path: "a", view_range: [1, 3] },
      "read_file",
      { path: "a", startLine: 1, endLine: 3 },
    ],
    ["rename_file", { old_path: "a", new_path: "b" }, "move_file", { source: "a", destination: "b" }],
    ["remove_file", { filename: "a" }, "delete_file", { path: "a" }],
    ["list_files", { glob: null }, "list_files", {}],
    ["read_file", JSON.stringify({ path: "a" }), "read_file", { path: "a" }],
  ])("%s %j", (name, input, tool, read) => {
    expect(readCall({ name, input })).toMatchObject({ status: "read", tool: { name: tool }, input: read });
  });
});

describe("an unknown form is unreadable, and its intended change is reported", () => {
  test.each<[name: string, input: unknown, change: unknown, message: string]>([
    ["edit_file", { path: "a", edits: [{ oldText: "a" }] }, { type: "edit", path: "a" }, "no newText"],
    ["edit_file", { path: "a", edits: "change a to b" }, { type: "edit", path: "a" }, "edits"],
    ["edit_file", { path: "a", old_string: "a" }, { type: "edit", path: "a" }, "no newText"],
    [
      "edit_file",
      { path: "a", oldText: "a", old_string: "b", newText: "c" },
      { type: "edit", path: "a" },
      "old_string",
    ],
    ["write_file", { path: "a", content, mode: "append" }, { type: "write", path: "a" }, "unknown mode"],
    ["write_file", { path: "a", content, text: "other" }, { type: "write", path: "a" }, "unknown text"],
    ["write_file", { path: "a", content: ["x"] }, { type: "write", path: "a" }, "content"],
    ["write_file", { content }, { type: "write", path: null }, "no path"],
    ["write_file", null, { type: "write", path: null }, "not a JSON object"],
    ["delete_file", [], { type: "delete", path: null }, "not a JSON object"],
    ["insert_line", { path: "a", line: 1, text: "x" }, { type: null, path: "a" }, "no tool insert_line"],
    ["do_it", { file: "a", new_str: "x" }, { type: null, path: "a", content: "x" }, "no tool do_it"],
    ["bash", { command: "cat > a <<'EOF'\nx\nEOF" }, { type: null, path: null }, "no tool bash"],
    ["str_replace_editor", { command: "undo_edit", path: "a" }, { type: null, path: "a" }, "no tool"],
  ])("%s %j", (name, input, change, message) => {
    expect(readCall({ name, input })).toMatchObject({
      status: "unread",
      change,
      message: expect.stringContaining(message) as string,
    });
  });

  test("its path is read from broken JSON", () => {
    const rawInput = '{"path": "app/a.py", "content": "x = ';
    expect(readCall({ name: "write_file", rawInput, invalidReason: "Cut." })).toMatchObject({
      change: { type: "write", path: "app/a.py" },
      message: "Cut.",
    });
  });

  test.each<[string, unknown]>([
    ["read_file", {}],
    ["finish", {}],
    ["git_status", {}],
    ["bash", { command: "npm test" }],
    ["todo_list", { items: ["a"] }],
  ])("%s %j is no change", (name, input) => {
    expect(readCall({ name, input })).toMatchObject({ status: "unread", change: null });
  });
});

test("valid arguments are read unchanged, and no input throws", () => {
  const names = modelTools.map(({ name }) => name);
  const path = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(path, fc.string(), (each, text) => {
      expect(readCall({ name: "write_file", input: { path: each, content: text } })).toMatchObject({
        status: "read",
        input: { path: each, content: text },
      });
      const read = readCall({ name: "edit_file", input: { path: each, edits: [{ oldText: text, newText: each }] } });
      expect(read).toMatchObject({ status: "read", input: { path: each, edits: [{ oldText: text, newText: each }] } });
    }),
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...names), fc.string()),
      fc.anything(),
      fc.option(fc.string()),
      (name, input, rawInput) => {
        const read = readCall({ name, input, ...(rawInput === null ? {} : { rawInput }) });
        expect(["read", "unread"]).toContain(read.status);
      },
    ),
  );
});
