import { z } from "zod";
import { pathArgument } from "./path-argument.ts";
import { defineChangingTool } from "./tool.ts";

export const moveFile = defineChangingTool({
  name: "move_file",
  description: "Move or rename a file, keeping its content.",
  aliases: ["rename_file", "move", "rename", "mv"],
  argumentAliases: {
    from: "source",
    to: "destination",
    source_path: "source",
    destination_path: "destination",
    old_path: "source",
    new_path: "destination",
    oldPath: "source",
    newPath: "destination",
    src: "source",
    dest: "destination",
    dst: "destination",
    target: "destination",
  },
  changes: "move",
  input: z.strictObject({ source: pathArgument, destination: pathArgument }),
  toOperation: (input) => ({ type: "move", ...input }),
});
