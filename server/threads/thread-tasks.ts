import { colourText } from "#server/colours/colour-text.ts";
import { blameLines } from "#server/core/diff/blame-lines.ts";
import { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import { countLineChanges } from "#server/core/diff/count-line-changes.ts";
import { mergeChangeSet } from "#server/core/merge/merge-change-set.ts";
import { diffCodeSchemas } from "#server/core/schema-diff/diff-code-schemas.ts";
import { boundFacts } from "#server/core/schema-extraction/bound-facts.ts";
import { extractFileFacts, type FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import { countMatches } from "#server/core/search/count-matches.ts";
import { searchPackedTexts } from "#server/core/search/search-packed-texts.ts";
import { findSecrets } from "#server/secrets/find-secrets.ts";
import type { ValidationInput } from "#server/core/validation/validator.ts";
import { timeValidators } from "#server/orchestrator/time-validators.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";

type Source = Omit<Parameters<typeof extractFileFacts>[0], "parser">;

/**
 * What threads do for the process: pure work on texts that may take longer than its other requests can wait. Arguments
 * and results are copied between threads, so both are plain data.
 */
export const threadTasks = {
  /** Null for a text that cannot be coloured. */
  colour: (source: Parameters<typeof colourText>[0]) => colourText(source).catch(() => null),
  buildPatches: (files: Parameters<typeof buildFilePatch>[0][]) => files.map(buildFilePatch),
  countLineChanges: (pairs: Parameters<typeof countLineChanges>[0][]) => pairs.map(countLineChanges),
  blameLines,
  mergeChangeSet,
  countMatches,
  searchPackedTexts,
  applyValidators: async (input: Omit<ValidationInput, "sourceParser">) =>
    timeValidators({ ...input, sourceParser: await loadSourceParser() }),
  diffSchemas: (pairs: Parameters<typeof diffCodeSchemas>[0][]) => pairs.map(diffCodeSchemas),
  findSecrets: (sources: Source[]) => Promise.all(sources.map(findSecrets)),
  async extractFacts(sources: Source[]): Promise<(FileFacts | null)[]> {
    const parser = await loadSourceParser();
    return sources.map((source) => {
      const facts = extractFileFacts({ ...source, parser });
      return facts === null ? null : boundFacts(facts);
    });
  },
} as const;

export type ThreadTasks = typeof threadTasks;
