import type { FilePath } from "#lib/contracts/ids.ts";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { FileFacts } from "../extract-file-facts.ts";

/** Reads one kind of declaration out of a file. */
export interface FactExtractor {
  /** Also the name of its folder in `__fixtures__`. */
  readonly name: string;
  handles(path: string): boolean;
  /**
   * Depends only on path and text. Text may be broken or malicious: unreadable parts are skipped, and nothing throws.
   */
  extract(source: { path: FilePath; text: string; parser: SourceParser }): Partial<FileFacts>;
}
