import type { z } from "zod";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { FileOperation } from "#lib/contracts/runs/file-operation.ts";
import type { RunEventLog } from "../ports.ts";
import type { Workspace } from "../workspace.ts";

/** The result of one call, which is returned to the model. */
export type ToolAnswer = { text: string; isError: boolean };

/** What a tool may read. */
export type ReadableFiles = Pick<Workspace, "listFiles" | "find" | "resolve" | "read" | "readAll" | "readWhole">;

type ToolContext = {
  workspace: ReadableFiles;
  events: RunEventLog;
  /** Records that the model says it is done, and which parts of the request it says it did not do. */
  finish: (end: { summary: string; notDone: readonly string[] }) => void;
};

type ToolWords = {
  name: string;
  description: string;
  /** Other programs' names for the same tool, which models trained on those use. */
  aliases: readonly string[];
  /** Other programs' names for its arguments, each with its own. */
  argumentAliases: Readonly<Record<string, string>>;
};

/** A tool that reads, or ends the run: it changes nothing. */
export type ReadingTool = ToolWords & {
  changes: null;
  input: z.ZodType;
  execute: (options: { input: unknown; context: ToolContext }) => Promise<ToolAnswer> | ToolAnswer;
};

/** A tool that proposes a change. All such changes are applied, reported and recorded in the same way. */
export type ChangingTool = ToolWords & {
  changes: FileOperation;
  input: z.ZodType;
  toOperation: (input: unknown) => ChangeOperation;
  /** Converts another unambiguous form of the arguments to the tool's own. */
  prepare?: (input: Record<string, unknown>) => Record<string, unknown>;
};

export type Tool = ReadingTool | ChangingTool;

/** Declares a read-only tool with a typed input. */
export function defineReadingTool<Input>({
  execute,
  ...tool
}: ToolWords & {
  input: z.ZodType<Input>;
  execute: (options: { input: Input; context: ToolContext }) => Promise<ToolAnswer> | ToolAnswer;
}): ReadingTool {
  return {
    ...tool,
    changes: null,
    execute: ({ input, context }) => execute({ input: tool.input.parse(input), context }),
  };
}

/** Declares a tool that proposes a change, with a typed input. */
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
