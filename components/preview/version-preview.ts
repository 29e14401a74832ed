import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type {
  PreviewNotConfirmedDetails,
  PreviewId,
  PreviewListOutput,
  PreviewOutput,
} from "#lib/contracts/versions/preview.ts";
import { isLivePreview } from "#lib/contracts/versions/preview-state.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC, useTRPCClient } from "#lib/trpc/client.tsx";
import { choosePreviewView, type AskedCommand, type PreviewView } from "./preview-view.ts";

const changingPollMs = 500;
const readyPollMs = 3_000;
/** Another tab may start a preview, and starting one above the maximum ends another. */
const listPollMs = 10_000;

export type VersionPreview = {
  view: PreviewView;
  /** The command that is running, that ran last, or that would run. */
  command: string | null;
  log: { text: string; isCut: boolean };
  startedAt: string | null;
  isBusy: boolean;
  /** The error of the last action. */
  error: unknown;
  start: (confirmCommand?: string) => Promise<unknown>;
  stop: () => Promise<unknown>;
  restart: () => Promise<unknown>;
  askForCommand: () => void;
  /** Null if nothing can run without a confirmed command. */
  cancelAsk: (() => void) | null;
  /** The maximum number of running previews on this host; null while unknown. */
  maximum: number | null;
  retry: () => void;
};

/** The preview of one version: its state, polled while it is live, and the user's actions. */
export function useVersionPreview({
  projectId,
  generationId,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
}): VersionPreview {
  const trpc = useTRPC();
  const list = useQuery({ ...trpc.preview.list.queryOptions({ projectId }), refetchInterval: listPollMs });
  const listed = list.data?.items.find((item) => item.generationId === generationId);
  // The preview ends shortly after the request, when its process handles it.
  const [stoppingId, setStoppingId] = useState<PreviewId | null>(null);
  const one = useQuery({
    ...trpc.preview.get.queryOptions(listed === undefined ? skipToken : { previewId: listed.previewId }),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined || !isLivePreview(data.status)) return false;
      return data.status === "STARTING" || data.previewId === stoppingId ? changingPollMs : readyPollMs;
    },
  });
  const preview = one.data ?? listed;
  const [asked, setAsked] = useState<AskedCommand | null>(null);
  const acts = usePreviewActs({ projectId, generationId, onAsked: setAsked });
  const view = choosePreviewView({ list: list.data, listError: list.error, preview, asked });
  return {
    view,
    command: preview?.command ?? list.data?.command ?? null,
    log: { text: one.data?.log ?? "", isCut: one.data?.logIsCut ?? false },
    startedAt: preview?.startedAt ?? null,
    isBusy: acts.isBusy || (preview !== undefined && preview.previewId === stoppingId && isLivePreview(preview.status)),
    error: acts.error,
    start: (confirmCommand) => acts.start({ confirmCommand }),
    stop: () => {
      if (listed === undefined) return Promise.resolve();
      setStoppingId(listed.previewId);
      return acts.stop(listed.previewId);
    },
    restart: () => (listed === undefined ? Promise.resolve() : acts.restart(listed.previewId)),
    askForCommand: () => setAsked({ command: preview?.command ?? list.data?.command ?? null, source: null }),
    cancelAsk: list.data?.isConfirmed === true ? () => setAsked(null) : null,
    maximum: list.data?.maximum ?? null,
    retry: () => void list.refetch(),
  };
}

/** The actions. Each updates the cache with the preview that the server returns. */
function usePreviewActs({
  projectId,
  generationId,
  onAsked,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  onAsked: (asked: AskedCommand | null) => void;
}) {
  const trpc = useTRPC();
  const { preview } = useTRPCClient();
  const queryClient = useQueryClient();
  const keep = (changed: PreviewOutput) => {
    const { log: _log, logIsCut: _logIsCut, ...item } = changed;
    queryClient.setQueryData(trpc.preview.get.queryKey({ previewId: changed.previewId }), changed);
    queryClient.setQueryData(
      trpc.preview.list.queryKey({ projectId }),
      (known: PreviewListOutput | undefined) =>
        known && { ...known, items: [item, ...known.items.filter(({ previewId }) => previewId !== item.previewId)] },
    );
    // Starting a preview may have ended another one.
    return queryClient.invalidateQueries({ queryKey: trpc.preview.list.queryKey({ projectId }) });
  };
  const begin = async (confirmCommand?: string) => {
    await keep(
      await preview.start.mutate({ generationId, ...(confirmCommand === undefined ? {} : { confirmCommand }) }),
    );
    onAsked(null);
  };
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onError(error) {
      const asked = readAsked(error);
      if (asked !== null) onAsked(asked);
    },
  });
  const run = (work: () => Promise<unknown>) => act.mutateAsync(work).catch(() => undefined);
  return {
    isBusy: act.isPending,
    error: act.error === null || readAsked(act.error) !== null ? null : act.error,
    start: ({ confirmCommand }: { confirmCommand: string | undefined }) => run(() => begin(confirmCommand)),
    stop: (previewId: PreviewId) => run(async () => keep(await preview.stop.mutate({ previewId }))),
    restart: (previewId: PreviewId) =>
      run(async () => {
        await keep(await preview.stop.mutate({ previewId }));
        await begin();
      }),
  };
}

/** The command that the server wants confirmed; null for any other error. */
function readAsked(error: unknown): PreviewNotConfirmedDetails | null {
  const { code, details } = readAppError(error);
  if (code !== "PREVIEW_NOT_CONFIRMED") return null;
  const [command = null, source = null] = [details?.["command"], details?.["source"]].map((value) =>
    typeof value === "string" ? value : null,
  );
  return { command, source };
}
