import type { ModelTool } from "../ports.ts";
import { deleteFile } from "./delete-file.ts";
import { editFile } from "./edit-file.ts";
import { finish } from "./finish.ts";
import { listFiles } from "./list-files.ts";
import { moveFile } from "./move-file.ts";
import { readFile } from "./read-file.ts";
import { searchFiles } from "./search-files.ts";
import type { Tool } from "./tool.ts";
import { writeFile } from "./write-file.ts";

/** All tools, in the order in which a model is told of them. Everything else about a tool is in its own file. */
const tools: readonly Tool[] = [listFiles, readFile, searchFiles, writeFile, editFile, deleteFile, moveFile, finish];

export const modelTools: ModelTool[] = tools.map(({ name, description, input }) => ({ name, description, input }));

export const toolNames: readonly string[] = tools.map(({ name }) => name);

const byName = new Map(
  tools.flatMap((tool) => [tool.name, ...tool.aliases].map((name) => [toKey(name), tool] as const)),
);

/**
 * The tool that a name means: its own, one that other programs give it, with a namespace before it
 * (`functions.write_file`, `mcp__graft__write_file`), or spelled otherwise (`writeFile`). Null where it means none.
 */
export function findTool(name: string): Tool | null {
  const last =
    name
      .trim()
      .split(/[./:]|__/)
      .at(-1) ?? "";
  return byName.get(toKey(last)) ?? null;
}

function toKey(name: string): string {
  return name.toLowerCase().replaceAll(/[_\-\s]/g, "");
}
