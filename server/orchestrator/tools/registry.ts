import type { ModelTool } from "../ports.ts";
import { deleteFile } from "./delete-file.ts";
import { editFile } from "./edit-file.ts";
import { finish } from "./finish.ts";
import { listFiles } from "./list-files.ts";
import { moveFile } from "./move-file.ts";
import { readFile } from "./read-file.ts";
import { searchFiles } from "./search-files.ts";
import type { ReadingTool, Tool } from "./tool.ts";
import { writeFile } from "./write-file.ts";

/** Read-only tools. */
export const readingTools: readonly ReadingTool[] = [listFiles, readFile, searchFiles];

/** All tools, in the order in which they are described to a model. Everything else about a tool is in its own file. */
export const allTools: readonly Tool[] = [...readingTools, writeFile, editFile, deleteFile, moveFile, finish];

export const modelTools: ModelTool[] = allTools.map(toModelTool);
export const readingModelTools: ModelTool[] = readingTools.map(toModelTool);

function toModelTool({ name, description, input }: Tool): ModelTool {
  return { name, description, input };
}

const byName = new Map(
  allTools.flatMap((tool) => [tool.name, ...tool.aliases].map((name) => [toKey(name), tool] as const)),
);

/**
 * The offered tool that a name refers to: its own name, another program's name, one with a namespace
 * (`functions.write_file`, `mcp__graft__write_file`), or another spelling (`writeFile`). Null if there is none.
 */
export function findTool<Offered extends Tool>(name: string, offered: readonly Offered[]): Offered | null;
export function findTool(name: string): Tool | null;
export function findTool(name: string, offered: readonly Tool[] = allTools): Tool | null {
  const last =
    name
      .trim()
      .split(/[./:]|__/)
      .at(-1) ?? "";
  const tool = byName.get(toKey(last)) ?? null;
  return tool !== null && offered.includes(tool) ? tool : null;
}

function toKey(name: string): string {
  return name.toLowerCase().replaceAll(/[_\-\s]/g, "");
}
