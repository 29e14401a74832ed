import type { FilePath } from "#lib/contracts/ids.ts";
import type { colourText } from "#server/colours/colour-text.ts";
import type { blameLines } from "#server/core/diff/blame-lines.ts";
import type { buildFilePatch } from "#server/core/diff/build-file-patch.ts";
import type { countLineChanges } from "#server/core/diff/count-line-changes.ts";
import type { mergeChangeSet } from "#server/core/merge/merge-change-set.ts";
import type { diffSchemaTexts } from "#server/core/schema-diff/diff-schema-texts.ts";
import type { countMatches } from "#server/core/search/count-matches.ts";
import type { searchPackedTexts } from "#server/core/search/search-packed-texts.ts";
import type { SecretFinding } from "#server/core/secrets/secret-finding.ts";
import type { FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import type { ValidationInput } from "#server/core/validation/validator.ts";

type ColourInput = Parameters<typeof colourText>[0];
type PatchInput = Parameters<typeof buildFilePatch>[0];
type CountInput = Parameters<typeof countLineChanges>[0];
type BlameInput = Parameters<typeof blameLines>[0];
type MergeInput = Parameters<typeof mergeChangeSet>[0];
type SchemaInput = Parameters<typeof diffSchemaTexts>[0];
type MatchesInput = Parameters<typeof countMatches>[0];
type SearchInput = Parameters<typeof searchPackedTexts>[0];
type Source = { path: FilePath; text: string };

/**
 * The tasks that threads run: pure functions on texts that may take longer than other requests can wait. Arguments and
 * results are copied between threads, so both are plain data. A thread imports the module of a task when it first runs
 * it: all of them together take 40 MB in each thread.
 */
export const threadTasks = {
  /** Null for a text that cannot be coloured. */
  async colour(source: ColourInput) {
    const { colourText } = await import("#server/colours/colour-text.ts");
    return colourText(source).catch(() => null);
  },
  async buildPatches(files: PatchInput[]) {
    const { buildFilePatch } = await import("#server/core/diff/build-file-patch.ts");
    return files.map(buildFilePatch);
  },
  async countLineChanges(pairs: CountInput[]) {
    const { countLineChanges } = await import("#server/core/diff/count-line-changes.ts");
    return pairs.map(countLineChanges);
  },
  async blameLines(input: BlameInput) {
    const { blameLines } = await import("#server/core/diff/blame-lines.ts");
    return blameLines(input);
  },
  async mergeChangeSet(input: MergeInput) {
    const { mergeChangeSet } = await import("#server/core/merge/merge-change-set.ts");
    return mergeChangeSet(input);
  },
  async countMatches(input: MatchesInput) {
    const { countMatches } = await import("#server/core/search/count-matches.ts");
    return countMatches(input);
  },
  async searchPackedTexts(input: SearchInput) {
    const { searchPackedTexts } = await import("#server/core/search/search-packed-texts.ts");
    return searchPackedTexts(input);
  },
  async applyValidators(input: Omit<ValidationInput, "sourceParser">) {
    const { timeValidators } = await import("#server/orchestrator/rules/time-validators.ts");
    const { loadSourceParser } = await import("#server/parsers/tree-sitter-source-parser.ts");
    return timeValidators({ ...input, sourceParser: await loadSourceParser() });
  },
  async diffSchemas(pairs: SchemaInput[]) {
    const { diffSchemaTexts } = await import("#server/core/schema-diff/diff-schema-texts.ts");
    return pairs.map(diffSchemaTexts);
  },
  /** One file at a time, because searching a file allocates objects for every rule. */
  async findSecrets(sources: Source[]): Promise<SecretFinding[][]> {
    const { findSecrets } = await import("#server/secrets/find-secrets.ts");
    const found: SecretFinding[][] = [];
    for (const source of sources) found.push(await findSecrets(source));
    return found;
  },
  async extractFacts(sources: Source[]): Promise<(FileFacts | null)[]> {
    const { boundFacts } = await import("#server/core/schema-extraction/bound-facts.ts");
    const { extractFileFacts } = await import("#server/core/schema-extraction/extract-file-facts.ts");
    const { loadSourceParser } = await import("#server/parsers/tree-sitter-source-parser.ts");
    const parser = await loadSourceParser();
    return sources.map((source) => {
      const facts = extractFileFacts({ ...source, parser });
      return facts === null ? null : boundFacts(facts);
    });
  },
} as const;

export type ThreadTasks = typeof threadTasks;
