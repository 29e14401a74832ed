import type { FilePath } from "../ids.ts";

/** `renames` is what the checks found to go on under another name; `lines` is the sum over all files of text. */
export type BriefFactKind = "renames" | "moved" | "added" | "deleted" | "mode" | "binary" | "lines";

/** One computed fact; `text` counts every file, `paths` has the first of them. */
export type BriefFact = { kind: BriefFactKind; text: string; paths: FilePath[] };

/** A planned step that names files; done once all of them changed. `missing` are the names that did not. */
export type BriefStep = { step: string; isDone: boolean; missing: string[] };

export type BriefRisk = { text: string; path?: FilePath; line?: number };

/** What a reviewer wants to know before the lines. Facts, risks and steps are computed, never said by a model. */
export type BriefOutput = {
  /** What the model said that it changed; absent in a comparison with any version but the parent. */
  summary?: string;
  /** The prompts that lead from the base to the head, the oldest first. */
  prompts: string[];
  facts: BriefFact[];
  /** Absent where no plan was made, or it names no file. */
  plan?: BriefStep[];
  risks: BriefRisk[];
  /** Where to begin, at most five files. */
  readFirst: FilePath[];
};
