import { z } from "zod";
import type { GenerationKind } from "./generation-kind.ts";
import { generationId, projectId, type FilePath, type GenerationId } from "../ids.ts";
import { limits } from "../limits.ts";
import { text } from "../text.ts";

/** A match never spans lines, so a query is one line. */
const searchQuery = text
  .min(1, "Write what to look for.")
  .max(limits.searchQueryCharacters, {
    message: `A search looks for at most ${limits.searchQueryCharacters} characters. Shorten the query.`,
  })
  .refine((query) => !/[\r\n]/.test(query), "A search looks within lines. Remove the line break from the query.");

export const generationSearchInput = z.object({
  generationId,
  query: searchQuery,
  isRegex: z.boolean().optional(),
  /** Case-insensitive by default. */
  isCaseSensitive: z.boolean().optional(),
  /** A glob without a slash is matched against file names in every folder, any other one against whole paths. */
  glob: text.max(limits.globCharacters).optional(),
  cursor: text.max(200).nullish(),
});
export type GenerationSearchInput = z.infer<typeof generationSearchInput>;

/** UTF-16 offsets, `end` exclusive. */
export type TextRange = { start: number; end: number };

/** A matching line. `ranges` are offsets into `text`, in order, without overlap. */
export type SearchedLine = {
  /** 1-based. */
  line: number;
  /** The line without its line ending; for a long line, the part with the first match. */
  text: string;
  /** The offset of `text` in its line, in UTF-16 units; 0 for a line that is shown whole. */
  textStart: number;
  isCut: boolean;
  ranges: TextRange[];
  /** Matches in the whole line. `text` may show only some of them. */
  matchCount: number;
};

export type SearchItem = SearchedLine & { path: FilePath };

/**
 * One page of matching lines, sorted by path and line. The counts are of all pages. `isComplete` is false if the search
 * stopped at `limits.searchLines` lines.
 */
export type GenerationSearchOutput = {
  items: SearchItem[];
  nextCursor: string | null;
  fileCount: number;
  /** Matches; a line can have several. */
  matchCount: number;
  isComplete: boolean;
  /** Text files that were searched. */
  searchedCount: number;
  /** Files whose stored content is damaged; they were not searched. */
  damagedPaths: FilePath[];
};

export const projectSearchHistoryInput = z.object({
  projectId,
  query: searchQuery,
  isCaseSensitive: z.boolean().optional(),
  cursor: text.max(200).nullish(),
});
export type ProjectSearchHistoryInput = z.infer<typeof projectSearchHistoryInput>;

export type SearchedChange = {
  path: FilePath;
  previousPath: FilePath | null;
  /** `appeared`: the version has more matches in this file than the previous one; `vanished`: fewer. */
  change: "appeared" | "vanished";
  countBefore: number;
  countAfter: number;
};

export type SearchedVersion = {
  generationId: GenerationId;
  version: number;
  kind: GenerationKind;
  prompt: string | null;
  createdAt: string;
  /** The first files; `changeCount` counts all. */
  changes: SearchedChange[];
  changeCount: number;
};

/**
 * Versions in which matches appeared or vanished, newest first. A page may be empty and still have a cursor: a request
 * stops when its time is up, at `searchedDownTo`.
 */
export type ProjectSearchHistoryOutput = {
  items: SearchedVersion[];
  nextCursor: string | null;
  /** The last version that was searched; null for a project without versions. */
  searchedDownTo: number | null;
};
