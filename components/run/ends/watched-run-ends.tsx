"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { RunId } from "#lib/contracts/ids.ts";
import { isActive } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useRefreshVersions } from "../../generation/refresh-versions.ts";
import { generationHref, reviewHref, runHref } from "#lib/hrefs.ts";
import { showToast } from "../../ui/overlays/toast.ts";
import { describeRunEnd } from "./describe-run-end.ts";
import { notifyOfEnd, useEndNotice } from "./end-notice.ts";
import { unwatchRun } from "./watched-runs.ts";

const pollMs = 3_000;
const promptCharacters = 80;

/** Notifies of the end of runs that this tab saw running, on every page except the run's own. */
export function WatchedRunEnds({ runIds }: { runIds: readonly RunId[] }) {
  return runIds.map((runId) => <WatchedRunEnd key={runId} runId={runId} />);
}

function WatchedRunEnd({ runId }: { runId: RunId }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const pathname = usePathname();
  const refreshVersions = useRefreshVersions();
  const { isOn: isNoticeOn } = useEndNotice();
  const { data: run, error } = useQuery(
    trpc.run.get.queryOptions(
      { runId },
      {
        refetchInterval: ({ state }) => (state.data === undefined || isActive(state.data.status) ? pollMs : false),
        refetchIntervalInBackground: isNoticeOn,
      },
    ),
  );
  const tell = useEffectEvent(async (ended: RunOutput) => {
    const isOnItsPage = pathname === runHref(ended);
    unwatchRun(runId);
    if (isOnItsPage) return;
    await Promise.all([
      refreshVersions(),
      ...[trpc.run.list, trpc.comment].map((changed) => queryClient.invalidateQueries({ queryKey: changed.pathKey() })),
    ]);
    const made =
      ended.generationId === null
        ? null
        : await queryClient
            .fetchQuery(trpc.generation.summary.queryOptions({ generationId: ended.generationId }))
            .catch(() => null);
    const text = describeRunEnd({
      kind: ended.kind,
      status: ended.status,
      made: made === null ? null : { ...made, isBranch: ended.isBranch },
    });
    if (text === null) return;
    const { kind, label, href } = chooseNextStep({ run: ended, made });
    const description = shorten(ended.prompt);
    void showToast({ kind, text, description, action: { label, onClick: () => router.push(href) } });
    if (isNoticeOn) notifyOfEnd({ runId, title: text, body: description, onOpen: () => router.push(href) });
  });
  const hasEnded = run !== undefined && !isActive(run.status);
  useEffect(() => {
    if (hasEnded) void tell(run);
  }, [hasEnded, run]);
  const isGone = error !== null && readAppError(error).code === "RUN_NOT_FOUND";
  useEffect(() => {
    if (isGone) unwatchRun(runId);
  }, [isGone, runId]);
  return null;
}

function chooseNextStep({ run, made }: { run: RunOutput; made: GenerationOutput | null }): {
  kind: "success" | "warning" | "error";
  label: string;
  href: string;
} {
  if (run.status === "NEEDS_REVIEW") return { kind: "warning", label: "Decide", href: runHref(run) };
  if (run.status === "FAILED") return { kind: "error", label: "See why", href: runHref(run) };
  if (made === null) return { kind: "success", label: "Open", href: runHref(run) };
  const place = { projectId: run.projectId, generationId: made.generationId };
  return made.parentGenerationIds.length > 0
    ? { kind: "success", label: "Review", href: reviewHref(place) }
    : { kind: "success", label: "Open", href: generationHref(place) };
}

function shorten(prompt: string): string {
  const line = prompt.trim().split("\n", 1)[0] ?? "";
  return line.length > promptCharacters ? `${line.slice(0, promptCharacters - 1)}…` : line;
}
