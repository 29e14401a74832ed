"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { ProjectSearchHistoryOutput } from "#lib/contracts/versions/search.ts";
import { searchHistoryHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Input } from "../ui/input.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { useDebounced } from "../ui/hooks/debounced.ts";
import { SearchedVersionRow } from "./searched-version-row.tsx";

/** Debounces typing, because each search reads all versions' changes. */
const debounceMs = 300;

/**
 * The page that lists when a text appeared in the project and when it vanished: the versions with more or fewer matches
 * than the one before.
 */
export function SearchHistoryScreen({ projectId, initialQuery }: { projectId: ProjectId; initialQuery: string }) {
  const [query, setQuery] = useState(initialQuery);
  const [isCaseSensitive, setIsCaseSensitive] = useState(true);
  const { debounced, flush } = useDebounced({ value: query.trim(), afterMs: debounceMs });
  useEffect(() => {
    // The search is stored in the address, so that it can be shared and restored.
    window.history.replaceState(null, "", searchHistoryHref({ projectId, query: debounced }));
  }, [projectId, debounced]);
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-3 px-4 py-4">
      <PageTitle text="Search all versions" />
      <h1 className="text-xl font-semibold">Search all versions</h1>
      <form
        role="search"
        aria-label="All versions"
        className="flex flex-wrap items-center gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          flush();
        }}
      >
        <Input
          type="search"
          aria-label="Text to look for"
          placeholder="When did this text appear or go?"
          autoFocus
          spellCheck={false}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="min-w-60 flex-1 font-mono"
        />
        <Checkbox label="Match case" isChecked={isCaseSensitive} onChange={setIsCaseSensitive} />
      </form>
      {debounced === "" ? (
        <p className="text-sm text-muted">
          Type one line of text. Versions with more or fewer matches than the one before are listed, newest first.
        </p>
      ) : (
        <Found
          key={`${debounced}\n${isCaseSensitive}`}
          projectId={projectId}
          query={debounced}
          isCaseSensitive={isCaseSensitive}
        />
      )}
    </div>
  );
}

function Found({
  projectId,
  query,
  isCaseSensitive,
}: {
  projectId: ProjectId;
  query: string;
  isCaseSensitive: boolean;
}) {
  const trpc = useTRPC();
  const { data, error, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    trpc.project.searchHistory.infiniteQueryOptions(
      { projectId, query, isCaseSensitive },
      { retry: false, trpc: { abortOnUnmount: true }, getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  const pages = data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  return (
    <section aria-label="Versions that changed it" aria-busy={isFetching} className="flex flex-col gap-3">
      {error !== null && <ErrorState error={error} onRetry={() => void (hasNextPage ? fetchNextPage() : refetch())} />}
      {data === undefined && error === null && <Skeleton className="h-40 w-full" />}
      <p role="status" className="text-sm text-muted">
        {data === undefined ? (error === null ? "Searching." : "") : describeExtent(pages)}
      </p>
      {items.length > 0 && (
        <ol aria-label="Versions" className="rounded-md border">
          {items.map((version) => (
            <SearchedVersionRow key={version.generationId} projectId={projectId} version={version} />
          ))}
        </ol>
      )}
      {hasNextPage && error === null && (
        <Button className="self-start" isPending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Search older versions
        </Button>
      )}
    </section>
  );
}

/** A page may be empty and not the last: a request stops when its time is up. */
function describeExtent(pages: readonly ProjectSearchHistoryOutput[]): string {
  const count = pages.reduce((sum, { items }) => sum + items.length, 0);
  const last = pages.at(-1);
  const found = count === 0 ? "No version changed it" : `${count} ${count === 1 ? "version" : "versions"} changed it`;
  if (last === undefined || last.nextCursor === null) return `${found}. All versions were searched.`;
  return `${found} so far. Searched down to v${last.searchedDownTo}.`;
}
