import { AppError } from "#lib/errors.ts";
import type { SearchQuery } from "#server/core/search/line-matcher.ts";
import { packTexts, type TextPlace } from "#server/core/search/packed-texts.ts";
import type { FoundLine } from "#server/core/search/search-packed-texts.ts";
import { ThreadTimeoutError, type ThreadPool } from "#server/threads/thread-pool.ts";
import { assertWanted } from "./text-store.ts";

/** A thread searches this much in about 20 ms, after which a cancelled search ends and other work can run. */
const partBytes = 2 * 1_048_576;
/** Concurrent batches. */
const workerCount = 2;
/** A slow regular expression reads 10 MB a second; one that needs longer is refused. */
const partTimeoutMs = 5_000;

/**
 * The first `maxLines` matching lines of texts, in order, searched in threads.
 *
 * @throws AppError INVALID_INPUT for an invalid regular expression, INPUT_TOO_LARGE if it takes too long, CANCELLED
 */
export async function searchTexts({
  threads,
  query,
  texts,
  maxLines,
  signal,
}: {
  threads: ThreadPool;
  query: SearchQuery;
  texts: readonly TextPlace[];
  maxLines: number;
  signal: AbortSignal | undefined;
}): Promise<FoundLine[]> {
  const parts = listParts(texts);
  const found: FoundLine[][] = parts.map(() => []);
  let next = 0;
  let foundLines = 0;
  const work = async () => {
    while (next < parts.length && foundLines < maxLines) {
      assertWanted(signal);
      const index = next;
      next += 1;
      const part = parts[index] ?? { first: 0, texts: [] };
      const searched = await searchPart({ threads, query, texts: part.texts, maxLines });
      found[index] = searched.map((line) => ({ ...line, index: part.first + line.index }));
      foundLines += searched.length;
    }
  };
  await Promise.all(Array.from({ length: workerCount }, work));
  assertWanted(signal);
  // Batches start in order, so the first lines are complete whichever batch ended first.
  return found.flat().slice(0, maxLines);
}

async function searchPart({
  threads,
  query,
  texts,
  maxLines,
}: {
  threads: ThreadPool;
  query: SearchQuery;
  texts: readonly TextPlace[];
  maxLines: number;
}): Promise<FoundLine[]> {
  try {
    const result = await threads.run({
      task: "searchPackedTexts",
      input: { query, texts: packTexts(texts), maxLines },
      timeoutMs: partTimeoutMs,
    });
    if (result.status === "searched") return result.found;
    throw new AppError({
      code: "INVALID_INPUT",
      message: `This is not a regular expression: ${result.reason}. Correct it, or search for it as text.`,
      details: { field: "query", reason: result.reason },
    });
  } catch (error) {
    if (!(error instanceof ThreadTimeoutError)) throw error;
    throw new AppError({
      code: "INPUT_TOO_LARGE",
      message: `The search took more than ${partTimeoutMs / 1_000} s in one part of the files, so it was stopped. Nothing was changed. Use a simpler expression, or limit the search to fewer files.`,
      details: { limit: "searchTime", maximumMs: partTimeoutMs },
      cause: error,
    });
  }
}

type Part = { first: number; texts: TextPlace[] };

/** Keeps neighbours together, so that batches in order are texts in order. */
export function listParts(texts: readonly TextPlace[]): Part[] {
  const parts: Part[] = [];
  let leftBytes = 0;
  for (const [index, place] of texts.entries()) {
    const size = place.end - place.start;
    const last = parts.at(-1);
    if (last === undefined || size > leftBytes) {
      parts.push({ first: index, texts: [place] });
      leftBytes = partBytes - size;
    } else {
      last.texts.push(place);
      leftBytes -= size;
    }
  }
  return parts;
}
