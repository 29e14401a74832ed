import { z } from "zod";
import { textEdit } from "#lib/contracts/runs/change-set.ts";
import { pathAliases, pathArgument } from "./path-argument.ts";
import { defineChangingTool } from "./tool.ts";

/** Other programs' names for the two texts and the flag of an edit. */
const editAliases: Readonly<Record<string, string>> = {
  old_text: "oldText",
  new_text: "newText",
  old_string: "oldText",
  new_string: "newText",
  oldString: "oldText",
  newString: "newText",
  old_str: "oldText",
  new_str: "newText",
  oldStr: "oldText",
  newStr: "newText",
  search: "oldText",
  replace: "newText",
  replace_all: "replaceAll",
};

const editArguments = ["oldText", "newText", "replaceAll"];

export const editFile = defineChangingTool({
  name: "edit_file",
  description:
    "Replace text in a file. oldText must be copied exactly from the file and occur once (or set replaceAll). Prefer this for existing files.",
  aliases: [
    "edit",
    "multi_edit",
    "multiedit",
    "str_replace",
    "replace_in_file",
    "search_replace",
    "replace",
    "update_file",
  ],
  argumentAliases: { ...pathAliases, ...editAliases, replacements: "edits", changes: "edits" },
  changes: "edit",
  input: z.strictObject({ path: pathArgument, edits: z.array(textEdit.strict()).min(1) }),
  toOperation: ({ path, edits }) => ({ type: "edit", path, edits }),
  prepare: gatherEdits,
});

/**
 * Accepts edits as a JSON string, a single edit without a list, and the two texts beside the path, and makes them a
 * list of edits.
 */
function gatherEdits(input: Record<string, unknown>): Record<string, unknown> {
  const { edits: given, ...rest } = input;
  const single = Object.fromEntries(editArguments.flatMap((name) => (name in rest ? [[name, rest[name]]] : [])));
  if (given === undefined) {
    if (!("oldText" in single)) return input;
    for (const name of editArguments) delete rest[name];
    return { ...rest, edits: [single] };
  }
  const edits = parseIfText(given);
  const list = Array.isArray(edits) ? edits : [edits];
  return { ...rest, edits: list.map(renameEdit) };
}

function parseIfText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function renameEdit(edit: unknown): unknown {
  if (typeof edit !== "object" || edit === null) return edit;
  return Object.fromEntries(Object.entries(edit).map(([name, value]) => [editAliases[name] ?? name, value]));
}
