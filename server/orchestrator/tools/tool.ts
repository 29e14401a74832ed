import type { z } from "zod";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import type { RunEventLog } from "../ports.ts";
import type { Workspace } from "../workspace.ts";

/** What goes back to the model for one call. */
export type ToolAnswer = { text: string; isError: boolean };

/** What a tool may look at. */
export type ReadableFiles = Pick<Workspace, "listFiles" | "find" | "resolve" | "read" | "readAll" | "readWhole">;

export type ToolContext = {
  workspace: ReadableFiles;
  events: RunEventLog;
  /** Notes that the model says it is done, and what of the request it says that it did not do. */
  finish: (end: { summary: string; notDone: readonly string[] }) => void;
};

type ToolWords = {
  name: string;
  description: string;
  /** Names that other programs give to the same tool; a model that was trained on them calls them so. */
  aliases: readonly string[];
  /** Names that other programs give to its arguments, each with its own. */
  argumentAliases: Readonly<Record<string, string>>;
};

/** A tool that looks, or ends the run: it changes nothing. */
export type LookingTool = ToolWords & {
  changes: null;
  input: z.ZodType;
  execute: (options: { input: unknown; context: ToolContext }) => Promise<ToolAnswer> | ToolAnswer;
};

/** A tool that proposes a change. All of them are applied, told and accounted for alike. */
export type ChangingTool = ToolWords & {
  changes: FileOperation;
  input: z.ZodType;
  toOperation: (input: unknown) => ChangeOperation;
  /** Turns another unmistakable form of the arguments into the tool's own. */
  prepare?: (input: Record<string, unknown>) => Record<string, unknown>;
};

export type Tool = LookingTool | ChangingTool;

/** A tool that changes nothing, with its input's type checked. */
export function defineLookingTool<Input>({
  execute,
  ...tool
}: ToolWords & {
  input: z.ZodType<Input>;
  execute: (options: { input: Input; context: ToolContext }) => Promise<ToolAnswer> | ToolAnswer;
}): LookingTool {
  return {
    ...tool,
    changes: null,
    execute: ({ input, context }) => execute({ input: tool.input.parse(input), context }),
  };
}

/** A tool that proposes a change, with its input's type checked. */
export function defineChangingTool<Input>({
  toOperation,
  ...tool
}: Omit<ChangingTool, "input" | "toOperation"> & {
  input: z.ZodType<Input>;
  toOperation: (input: Input) => ChangeOperation;
}): ChangingTool {
  return { ...tool, toOperation: (input) => toOperation(tool.input.parse(input)) };
}

export function refuse(text: string): ToolAnswer {
  return { text, isError: true };
}

export function answer(text: string): ToolAnswer {
  return { text, isError: false };
}
