import type { ContentHash } from "#lib/contracts/ids.ts";
import type {
  ProjectSearchHistoryInput,
  ProjectSearchHistoryOutput,
  SearchedChange,
  SearchedVersion,
} from "#lib/contracts/versions/search.ts";
import type { Container } from "#server/container.ts";
import { packTexts } from "#server/core/search/packed-texts.ts";
import {
  listChangedContents,
  listVersionsBefore,
  readContentSizes,
  type ChangedContent,
} from "#server/store/contents/changed-contents.ts";
import { assertProject } from "#server/store/projects.ts";
import { assertWanted } from "./text-store.ts";
import { listParts } from "./search-texts.ts";

/** Versions per page. */
const pageVersions = 20;
/** A page ends after this time, and its cursor continues with the next version. */
const pageMs = 2_000;
/** Versions whose names are read at once. */
const batchVersions = 100;
/** Listed changes per version; all are counted. */
const shownChanges = 100;
/** Far more than a batch of texts takes. */
const partTimeoutMs = 10_000;

type Search = { container: Container; input: ProjectSearchHistoryInput; signal: AbortSignal | undefined };

/**
 * Versions that have more or fewer matches of a text in a file than the version before, newest first. Reads only
 * contents that a version changed.
 *
 * @throws AppError PROJECT_NOT_FOUND, CANCELLED
 */
export async function searchHistory({
  ownerId,
  ...search
}: Search & { ownerId: string }): Promise<ProjectSearchHistoryOutput> {
  const { container, input } = search;
  const { database } = container;
  await assertProject({ database, ownerId, projectId: input.projectId });
  const items: SearchedVersion[] = [];
  const endsAt = performance.now() + pageMs;
  let before = /^\d{1,9}$/.test(input.cursor ?? "") ? Number(input.cursor) : null;
  for (;;) {
    const versions = await listVersionsBefore({ database, projectId: input.projectId, before, limit: batchVersions });
    for (const version of versions) {
      const isFull = items.length === pageVersions || (performance.now() > endsAt && before !== null);
      if (isFull) return { items, nextCursor: String(before), searchedDownTo: before };
      const changes = await findChanges({ ...search, ...version });
      if (changes.length > 0)
        items.push({ ...version, changes: changes.slice(0, shownChanges), changeCount: changes.length });
      before = version.version;
    }
    if (versions.length < batchVersions) return { items, nextCursor: null, searchedDownTo: before };
  }
}

async function findChanges({
  generationId,
  ...search
}: Search & Pick<SearchedVersion, "generationId">): Promise<SearchedChange[]> {
  assertWanted(search.signal);
  const changed = await listChangedContents({ database: search.container.database, generationId });
  const counts = await countInContents({ ...search, changed });
  return changed.flatMap(({ path, previousPath, oldHash, newHash }): SearchedChange[] => {
    const countBefore = oldHash === null ? 0 : (counts.get(oldHash) ?? 0);
    const countAfter = newHash === null ? 0 : (counts.get(newHash) ?? 0);
    if (countBefore === countAfter) return [];
    return [
      { path, previousPath, change: countAfter > countBefore ? "appeared" : "vanished", countBefore, countAfter },
    ];
  });
}

/** The number of matches in each text content. */
async function countInContents({
  container,
  input,
  signal,
  changed,
}: Search & { changed: readonly ChangedContent[] }): Promise<Map<ContentHash, number>> {
  const hashes = [...new Set(changed.flatMap(({ oldHash, newHash }) => [oldHash, newHash]))].filter(
    (hash) => hash !== null,
  );
  if (hashes.length === 0) return new Map();
  const sizes = await readContentSizes({ database: container.database, hashes });
  const { texts } = await container.texts.load({
    contents: hashes.map((contentHash) => ({ contentHash, sizeBytes: sizes.get(contentHash) ?? 0 })),
    signal,
  });
  const counts = new Map<ContentHash, number>();
  const found = [...texts.keys()];
  for (const { first, texts: places } of listParts([...texts.values()])) {
    assertWanted(signal);
    const counted = await container.threads.run({
      task: "countMatches",
      input: { query: input.query, isCaseSensitive: input.isCaseSensitive ?? false, texts: packTexts(places) },
      timeoutMs: partTimeoutMs,
    });
    for (const [index, count] of counted.entries()) {
      const hash = found[first + index];
      if (hash !== undefined) counts.set(hash, count);
    }
  }
  return counts;
}
