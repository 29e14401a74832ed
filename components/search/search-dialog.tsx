"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { GenerationSearchOutput, SearchItem } from "#lib/contracts/versions/search.ts";
import { formatCount } from "#lib/format-count.ts";
import { filesHref, searchHistoryHref } from "#lib/hrefs.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { Link } from "../ui/link.tsx";
import { PickList, type PickGroup } from "../ui/menus/pick-list.tsx";
import { FieldDialog } from "../ui/overlays/field-dialog.tsx";
import { useDebounced } from "../ui/hooks/debounced.ts";
import { lastSearch } from "./last-search.ts";
import { MatchingLine } from "./matching-line.tsx";

const debounceMs = 150;

type Place = { projectId: ProjectId; generationId: GenerationId };

/** Searches the contents of a version; picking a line opens its file there. */
export function SearchDialog({
  isOpen,
  onOpenChange,
  ...place
}: Place & { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <FieldDialog title="Search in files" isOpen={isOpen} onOpenChange={onOpenChange} className="top-[8vh] max-w-200">
      <SearchForm {...place} onDone={() => onOpenChange(false)} />
    </FieldDialog>
  );
}

function SearchForm({ projectId, generationId, onDone }: Place & { onDone: () => void }) {
  const router = useRouter();
  const [search, setSearch] = useState(lastSearch.read);
  const change = (next: Partial<typeof search>) => {
    const changed = { ...search, ...next };
    setSearch(changed);
    lastSearch.write(changed);
  };
  const { debounced } = useDebounced({ value: search, afterMs: debounceMs });
  const result = useSearchResult({ generationId, search: debounced });
  const query = search.query.trim();
  const answered = result.isPlaceholderData || result.isLoading ? "\n" : debounced.query.trim();
  const open = ({ path, line }: SearchItem) => {
    onDone();
    router.push(filesHref({ projectId, generationId, path, line }));
  };
  const pages = query === "" ? [] : (result.data?.pages ?? []);
  const items = pages.flatMap((page) => page.items);
  const first = pages[0];
  return (
    <>
      <PickList
        label="Search in files"
        text={search.query}
        onTextChange={(text) => change({ query: text })}
        placeholder="Search the contents of all files"
        answeredText={answered}
        groups={result.error === null ? toGroups({ generationId, items, onPick: open }) : []}
        empty={describeEmpty({ query, error: result.error, isAnswered: answered === query, result: first })}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t px-3 py-2">
        <Toggle label="Match case" isOn={search.isCaseSensitive} onChange={(isOn) => change({ isCaseSensitive: isOn })}>
          Aa
        </Toggle>
        <Toggle label="Regular expression" isOn={search.isRegex} onChange={(isOn) => change({ isRegex: isOn })}>
          .*
        </Toggle>
        <Input
          aria-label="Only in files"
          placeholder="Only in files, such as *.ts or src/**"
          value={search.glob}
          onChange={(event) => change({ glob: event.target.value })}
          className="min-w-40 flex-1"
        />
        {first !== undefined && items.length > 0 && result.error === null && (
          <p className="text-xs text-muted">{describeCounts(first)}</p>
        )}
        <Link
          href={searchHistoryHref({ projectId, query })}
          onClick={onDone}
          title="When did this text appear or go?"
          className="inline-flex min-h-6 items-center text-xs underline"
        >
          In all versions
        </Link>
        {result.hasNextPage && result.error === null && items.length > 0 && (
          <Button size="sm" disabled={result.isFetchingNextPage} onClick={() => void result.fetchNextPage()}>
            Show more lines
          </Button>
        )}
      </div>
    </>
  );
}

function useSearchResult({
  generationId,
  search: { query, ...options },
}: {
  generationId: GenerationId;
  search: ReturnType<typeof lastSearch.read>;
}) {
  const trpc = useTRPC();
  return useInfiniteQuery(
    trpc.generation.search.infiniteQueryOptions(
      { generationId, query: query.trim(), ...options },
      {
        enabled: query.trim() !== "",
        // A version is immutable.
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        placeholderData: keepPreviousData,
        trpc: { abortOnUnmount: true },
        getNextPageParam: ({ nextCursor }) => nextCursor,
      },
    ),
  );
}

/** Lines grouped by file path. */
function toGroups({
  generationId,
  items,
  onPick,
}: {
  generationId: GenerationId;
  items: readonly SearchItem[];
  onPick: (item: SearchItem) => void;
}): PickGroup[] {
  const options = items.map((item, index) => ({
    path: item.path,
    option: {
      // Paths may contain blanks, and this is part of an element id.
      key: String(index),
      // Another search may list the same line at another index, or another line at this one.
      content: <MatchingLine key={`${item.path} ${item.line}`} generationId={generationId} item={item} />,
      onPick: () => onPick(item),
    },
  }));
  return [...Map.groupBy(options, ({ path }) => path)].map(([heading, ofFile]) => ({
    heading,
    options: ofFile.map(({ option }) => option),
  }));
}

function describeEmpty({
  query,
  error,
  isAnswered,
  result,
}: {
  query: string;
  error: unknown;
  isAnswered: boolean;
  result: GenerationSearchOutput | undefined;
}): string {
  if (query === "") return "Type what to look for. Binary files are not searched.";
  if (error !== null) return readAppError(error).message;
  if (!isAnswered || result === undefined) return "Searching.";
  return `No match in ${formatCount(result.searchedCount)} files.`;
}

function describeCounts({ matchCount, fileCount, isComplete, damagedPaths }: GenerationSearchOutput): string {
  const matches = `${formatCount(matchCount)}${isComplete ? "" : "+"} ${matchCount === 1 ? "match" : "matches"}`;
  const files = `${formatCount(fileCount)} ${fileCount === 1 ? "file" : "files"}`;
  const stopped = isComplete ? "" : " Too many to list: narrow the search.";
  const damaged = damagedPaths.length === 0 ? "" : ` ${damagedPaths.length} damaged files were not searched.`;
  return `${matches} in ${files}.${stopped}${damaged}`;
}

function Toggle({
  label,
  isOn,
  onChange,
  children,
}: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  children: string;
}) {
  return (
    <Button
      size="sm"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={() => onChange(!isOn)}
      className="font-mono aria-pressed:bg-accent aria-pressed:text-accent-foreground"
    >
      {children}
    </Button>
  );
}
