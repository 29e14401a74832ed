import { z } from "zod";
import { textEdit } from "#lib/contracts/change-set.ts";
import type { ModelTool } from "./ports.ts";

const path = z.string().describe("Path inside the project, for example app/main.py");

/** Names and arguments follow the public MCP filesystem server where it has them. Unknown arguments are refused. */
export const modelToolInputs = {
  list_files: z.strictObject({
    glob: z.string().optional().describe("For example app/**/*.py; all files when absent"),
  }),
  read_file: z.strictObject({
    path,
    startLine: z.number().int().min(1).optional(),
    endLine: z.number().int().min(1).optional(),
  }),
  search_files: z.strictObject({
    query: z.string().min(1).describe("Plain text, case-insensitive"),
    glob: z.string().optional(),
  }),
  write_file: z.strictObject({ path, content: z.string().describe("The complete text of the file") }),
  edit_file: z.strictObject({ path, edits: z.array(textEdit.strict()).min(1) }),
  delete_file: z.strictObject({ path }),
  move_file: z.strictObject({ source: path, destination: path }),
  finish: z.strictObject({ summary: z.string().describe("What was changed, in one to three sentences") }),
} as const;

export type ModelToolName = keyof typeof modelToolInputs;

const descriptions: Record<ModelToolName, string> = {
  list_files: "List the project's files with their sizes in bytes.",
  read_file: "Read a file. Read a file whole before you replace it with write_file.",
  search_files: "Find lines that contain a text. Answers path:line: text.",
  write_file:
    "Create a file, or replace one that you have seen in full. Write the complete text; a placeholder for unchanged code is refused.",
  edit_file:
    "Replace text in a file. oldText must be copied exactly from the file and occur once (or set replaceAll). Prefer this for existing files.",
  delete_file: "Delete a file. Nothing else deletes one.",
  move_file: "Move or rename a file, keeping its content.",
  finish: "Say that all changes are made. Call it last.",
};

export const modelTools: ModelTool[] = Object.entries(modelToolInputs).map(([name, input]) => ({
  name,
  description: descriptions[name as ModelToolName],
  input,
}));

export function isModelToolName(name: string): name is ModelToolName {
  return Object.hasOwn(modelToolInputs, name);
}
