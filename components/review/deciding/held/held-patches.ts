import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { compareByFolder } from "#lib/compare-by-folder.ts";
import type { RunId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/versions/ledger.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import type { WholeTexts } from "../../../diff-surface/surface-types.ts";
import { immutable } from "../../data/immutable.ts";
import { listPatchPages } from "../../data/patch-pages.ts";
import { combinePages } from "../../data/review-patches.ts";

/** The patches of an ended run's held result, page by page. They are immutable. */
export function useHeldPatches({ runId, changes }: { runId: RunId; changes: readonly LedgerEntry[] }) {
  const trpc = useTRPC();
  const pages = useMemo(
    () => listPatchPages(changes.toSorted((one, other) => compareByFolder(one.path, other.path))),
    [changes],
  );
  return useQueries({
    queries: pages.map((page) => trpc.run.heldPatches.queryOptions({ runId, ...page }, immutable)),
    combine: combinePages,
  });
}

/** Both texts of a held file, for the lines between its changes. */
export function useHeldTexts(runId: RunId): (path: string) => Promise<WholeTexts> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async (path) => {
    const { before, after } = await queryClient.fetchQuery(trpc.run.heldFile.queryOptions({ runId, path }, immutable));
    return { before: before ?? "", after: after ?? "", colours: null };
  };
}
