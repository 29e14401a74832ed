import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FileDiffEntry } from "#lib/contracts/diff.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import type { DiffSurfaceItem } from "./diff-surface.tsx";

/** One row of a review: a file that differs, or one that is the same on both sides. */
export type ReviewFile = { path: FilePath; previousPath?: FilePath; status: FileDiffEntry["status"] | "kept"; additions: number; deletions: number; isBinary: boolean; pair: string };

/** Both sides never change, so an answer is good for as long as the page lives. */
const immutable = { staleTime: Number.POSITIVE_INFINITY, gcTime: 10 * 60_000 };

/** The files of a comparison in the order of their paths; kept ones only where they are asked for. */
export function useReviewFiles({ base, head, showsKept }: { base: GenerationId; head: GenerationId; showsKept: boolean }) {
  const trpc = useTRPC();
  const diff = useQuery(trpc.generation.diff.queryOptions({ generationId: head, againstGenerationId: base }, immutable));
  const headFiles = useQuery(trpc.generation.files.queryOptions({ generationId: head }, immutable));
  const baseFiles = useQuery(trpc.generation.files.queryOptions({ generationId: base }, immutable));
  const files = useMemo(() => {
    if (diff.data === undefined) return null;
    const headHashes = new Map(headFiles.data?.items.map(({ path, contentHash }) => [path, contentHash]));
    const baseHashes = new Map(baseFiles.data?.items.map(({ path, contentHash }) => [path, contentHash]));
    const pairOf = ({ path, previousPath }: { path: FilePath; previousPath?: FilePath | undefined }) => `${(baseHashes.get(previousPath ?? path) ?? "").slice(0, 12)}-${(headHashes.get(path) ?? "").slice(0, 12)}`;
    const changed: ReviewFile[] = diff.data.files.map((file) => ({ ...file, pair: pairOf(file) }));
    if (!showsKept) return changed;
    const changedPaths = new Set(changed.map(({ path }) => path));
    const kept = (headFiles.data?.items ?? []).filter(({ path }) => !changedPaths.has(path)).map(({ path, isBinary }): ReviewFile => ({ path, status: "kept", additions: 0, deletions: 0, isBinary, pair: pairOf({ path }) }));
    return [...changed, ...kept].sort((a, b) => (a.path < b.path ? -1 : 1));
  }, [diff.data, headFiles.data, baseFiles.data, showsKept]);
  return { files, keptCount: diff.data?.keptCount ?? null, error: diff.error ?? headFiles.error ?? baseFiles.error, retry: () => void Promise.all([diff.refetch(), headFiles.refetch(), baseFiles.refetch()]) };
}

/** Larger than the eye can take in: such a file starts folded, with its reason. */
const foldAboveLines = 2_000;

export type ReviewPatches = { items: DiffSurfaceItem[]; notes: ReadonlyMap<string, string>; isComplete: boolean; errors: ReadonlyMap<string, unknown> };

/** The patches of the files, asked for in batches, and what is shown in place of one that has none. */
export function useReviewPatches({
  base,
  head,
  files,
  ignoreWhitespace,
  collapsed,
}: {
  base: GenerationId;
  head: GenerationId;
  files: ReviewFile[];
  ignoreWhitespace: boolean;
  collapsed: ReadonlySet<string>;
}): ReviewPatches {
  const trpc = useTRPC();
  const changed = files.filter(({ status }) => status !== "kept");
  const openKept = files.filter(({ status, isBinary, path }) => status === "kept" && !isBinary && !collapsed.has(path));
  const patches = useQueries({ queries: changed.map(({ path }) => trpc.generation.fileDiff.queryOptions({ generationId: head, againstGenerationId: base, path, ignoreWhitespace }, immutable)) });
  const texts = useQueries({ queries: openKept.map(({ path }) => trpc.generation.file.queryOptions({ generationId: head, path }, immutable)) });

  const patchByPath = new Map(changed.map(({ path }, index) => [path, patches[index]]));
  const textByPath = new Map(openKept.map(({ path }, index) => [path, texts[index]]));
  const notes = new Map<string, string>();
  const errors = new Map<string, unknown>();
  const items = files.map((file): DiffSurfaceItem => {
    const { path, status, pair } = file;
    const isCollapsed = collapsed.has(path);
    const empty = (note: string): DiffSurfaceItem => {
      notes.set(path, note);
      return { id: path, type: "text", text: "", cacheKey: `${path}-${pair}-empty`, isCollapsed: true };
    };
    if (status === "kept") {
      const text = textByPath.get(path)?.data;
      if (text === undefined) return empty(file.isBinary ? "Binary, the same on both sides." : "The same on both sides. Unfold to read it.");
      notes.set(path, "The same on both sides.");
      return { id: path, type: "text", text: text.content, cacheKey: `${path}-${text.contentHash}`, isCollapsed };
    }
    const result = patchByPath.get(path);
    if (result?.error !== null && result?.error !== undefined) {
      errors.set(path, result.error);
      return empty("This difference could not be loaded. The others are not affected.");
    }
    if (result?.data === undefined) return empty("Loading.");
    const { patch, isBinary, isTooLarge } = result.data;
    if (isBinary) return empty("Binary: there are no lines to compare.");
    if (isTooLarge) return empty("Too large to compare line by line. Open the file to read it.");
    if (!patch.includes("\n@@")) return empty(patch === "" ? "Nothing but white space differs." : status === "moved" ? "Moved without a change." : "Empty.");
    if (file.additions + file.deletions > foldAboveLines) notes.set(path, `Folded: ${file.additions + file.deletions} changed lines.`);
    return { id: path, type: "patch", patch, cacheKey: `${path}-${pair}-${ignoreWhitespace ? "w" : ""}`, isCollapsed };
  });
  return { items, notes, errors, isComplete: patches.every(({ isPending }) => !isPending) };
}
