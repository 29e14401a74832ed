import { z } from "zod";
import { pathAliases, pathArgument } from "./path-argument.ts";
import { defineChangingTool } from "./tool.ts";

export const deleteFile = defineChangingTool({
  name: "delete_file",
  description: "Delete a file. Nothing else deletes one.",
  aliases: ["remove_file", "delete", "remove", "rm"],
  argumentAliases: pathAliases,
  changes: "delete",
  input: z.strictObject({ path: pathArgument }),
  toOperation: (input) => ({ type: "delete", ...input }),
});
