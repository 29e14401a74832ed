import type { GenerationSearchInput, GenerationSearchOutput, SearchItem } from "#lib/contracts/versions/search.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { Container } from "#server/container.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { compileGlobs } from "#server/core/glob/compile-globs.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { searchTexts } from "./search-texts.ts";

/** Matching lines per page: a few screens. */
const pageLines = 200;

/**
 * Matching lines in the text files of a version. Binary files and links have none.
 *
 * @throws AppError GENERATION_NOT_FOUND; INVALID_INPUT for an invalid regular expression; INPUT_TOO_LARGE if it takes
 *   too long; CANCELLED
 */
export async function searchGeneration({
  container,
  ownerId,
  input,
  signal,
}: {
  container: Container;
  ownerId: string;
  input: GenerationSearchInput;
  signal: AbortSignal | undefined;
}): Promise<GenerationSearchOutput> {
  const { tree } = await loadGenerationTree({ ...container, ownerId, generationId: input.generationId });
  const isWanted = compileSearchGlob(input.glob ?? "");
  const files = [...tree].filter(([path, { mode }]) => mode !== "120000" && isWanted(path));
  const { texts, damaged } = await container.texts.load({ contents: files.map(([, entry]) => entry), signal });
  const searched = files.flatMap(([path, { contentHash }]) => {
    const place = texts.get(contentHash);
    return place === undefined ? [] : [{ path, place }];
  });
  const found = await searchTexts({
    threads: container.threads,
    query: { query: input.query, isRegex: input.isRegex ?? false, isCaseSensitive: input.isCaseSensitive ?? false },
    texts: searched.map(({ place }) => place),
    maxLines: limits.searchLines + 1,
    signal,
  });
  const items = found.slice(0, limits.searchLines).flatMap(({ index, line }): SearchItem[] => {
    const path = searched[index]?.path;
    return path === undefined ? [] : [{ path, ...line }];
  });
  return {
    ...toPage({ items, cursor: input.cursor ?? null }),
    fileCount: new Set(items.map(({ path }) => path)).size,
    matchCount: items.reduce((sum, { matchCount }) => sum + matchCount, 0),
    isComplete: found.length === items.length,
    searchedCount: searched.length,
    damagedPaths: listPaths({ files, hashes: damaged }),
  };
}

/**
 * A glob without a slash is matched against names in every folder, as in git's ignore files. An empty one matches
 * everything.
 */
function compileSearchGlob(glob: string): (path: string) => boolean {
  if (glob.trim() === "") return () => true;
  const isMatch = compileGlobs([glob.trim()]);
  return glob.includes("/") ? isMatch : (path) => isMatch(path.slice(path.lastIndexOf("/") + 1));
}

function listPaths({
  files,
  hashes,
}: {
  files: readonly (readonly [FilePath, FileEntry])[];
  hashes: ReadonlySet<string>;
}): FilePath[] {
  return files.filter(([, { contentHash }]) => hashes.has(contentHash)).map(([path]) => path);
}

/** The cursor is the number of lines on earlier pages. A version is immutable, so it stays valid. */
function toPage({
  items,
  cursor,
}: {
  items: readonly SearchItem[];
  cursor: string | null;
}): Pick<GenerationSearchOutput, "items" | "nextCursor"> {
  const start = /^\d{1,9}$/.test(cursor ?? "") ? Number(cursor) : 0;
  const end = start + pageLines;
  return { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : null };
}
