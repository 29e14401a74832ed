import { z } from "zod";
import { formatFileListing } from "./file-listing.ts";
import { toPathTest } from "./glob-argument.ts";
import { answer, defineReadingTool } from "./tool.ts";

export const listFiles = defineReadingTool({
  name: "list_files",
  description: "List the project's files with their sizes in bytes.",
  aliases: ["list_directory", "list_dir", "directory_tree", "glob", "ls"],
  argumentAliases: { pattern: "glob" },
  input: z.strictObject({ glob: z.string().optional().describe("For example app/**/*.py; all files when absent") }),
  execute({ input: { glob }, context: { workspace, events } }) {
    const isWanted = toPathTest(glob);
    const files = workspace.listFiles().filter(([path]) => isWanted(path));
    events.append({ type: "model.looked", text: glob === undefined ? "Listed the files" : `Listed ${glob}` });
    return answer(
      formatFileListing(files.map(([path, { sizeBytes, mode }]) => ({ path, sizeBytes, isLink: mode === "120000" }))),
    );
  },
});
