import { z } from "zod";
import { pathAliases, pathArgument } from "./path-argument.ts";
import { defineChangingTool } from "./tool.ts";

export const writeFile = defineChangingTool({
  name: "write_file",
  description:
    "Create a file, or replace one that you have seen in full. Write the complete text; a placeholder for unchanged code is refused.",
  aliases: [
    "create_file",
    "write_to_file",
    "write",
    "new_file",
    "create_new_file",
    "save_file",
    "create_or_update_file",
  ],
  argumentAliases: {
    ...pathAliases,
    contents: "content",
    file_text: "content",
    fileText: "content",
    file_content: "content",
    text: "content",
    code: "content",
  },
  changes: "write",
  input: z.strictObject({
    path: pathArgument,
    content: z.string().describe("The complete text of the file"),
    executable: z.boolean().optional().describe("true for a new script that is run by its name"),
  }),
  // Models often send `false` without a reason, also for an executable file, so only `true` counts.
  toOperation: ({ executable, ...input }) => ({
    type: "write",
    ...input,
    ...(executable === true ? { executable } : {}),
  }),
});
