import type { FilePath } from "../ids.ts";

/** `renames` lists declarations that the checks found under a new name; `lines` is the sum over all text files. */
export type BriefFactKind = "renames" | "moved" | "added" | "deleted" | "mode" | "binary" | "lines";

/** One computed fact. `text` counts every file; `paths` lists the first of them. */
export type BriefFact = { kind: BriefFactKind; text: string; paths: FilePath[] };

/** A planned step that names files. It is done once all of them changed; `missing` lists the names that did not. */
export type BriefStep = { step: string; isDone: boolean; missing: string[] };

export type BriefRisk = { text: string; path?: FilePath; line?: number };

/**
 * What a reviewer wants to know before reading lines. Facts, risks and steps are computed, never taken from a model.
 */
export type BriefOutput = {
  /** The model's own description of its change. Absent unless the base is the parent. */
  summary?: string;
  /** The prompts between the base and the head, oldest first. */
  prompts: string[];
  facts: BriefFact[];
  /** Absent if no plan was made or the plan names no file. */
  plan?: BriefStep[];
  risks: BriefRisk[];
  /** The files to read first, at most five. */
  readFirst: FilePath[];
};
