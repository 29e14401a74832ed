import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import { createSourceParser } from "./create-source-parser.ts";

/**
 * 1 MiB of ordinary source parses in 0.3 to 1 s; 1 MiB of some operator sequences (`~<>=!` as Python) takes minutes in
 * error recovery. No text may block the process for longer than this.
 */
const parseLimitMs = 5_000;

let loading: Promise<SourceParser> | null = null;

/**
 * The process's only source parser. All grammars load at the first call, because `withTree` is synchronous; later calls
 * share it (about 50 ms and 35 MB once). A failed load is retried by the next call. A text that cannot be parsed within
 * `parseLimitMs` reads as empty.
 *
 * @throws if a WebAssembly file cannot be read or does not fit the runtime, which means a damaged installation
 */
export function loadSourceParser(): Promise<SourceParser> {
  loading ??= createSourceParser({ parseLimitMs }).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}
