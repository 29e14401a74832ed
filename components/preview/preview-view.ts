import type { PreviewListOutput, PreviewOutput, PreviewStep } from "#lib/contracts/versions/preview.ts";

/** What the place of a preview shows. */
export type PreviewView =
  | { kind: "loading" }
  | { kind: "failing"; error: unknown }
  /** Nothing runs on this machine. */
  | { kind: "unavailable"; reason: string }
  /** A person has to see the command before it runs; null where none was found. */
  | { kind: "ask"; command: string | null; source: string | null }
  | { kind: "none" }
  | { kind: "starting"; step: PreviewStep | null; startedAt: string }
  | { kind: "ready"; url: string }
  | { kind: "stopped"; reason: string | null }
  | { kind: "failed"; reason: string | null };

/** A command that has to be confirmed before a preview starts, as the server told it. */
export type AskedCommand = { command: string | null; source: string | null };

/**
 * What to show of a version's preview. A live one is shown whatever else is known: it runs. A command that is asked for
 * comes before an earlier end, since that is what a person is about.
 */
export function choosePreviewView({
  list,
  listError,
  preview,
  asked,
}: {
  list: Pick<PreviewListOutput, "available" | "unavailableReason" | "command" | "isConfirmed"> | undefined;
  listError: unknown;
  /** The newest of the version. */
  preview: Pick<PreviewOutput, "status" | "step" | "url" | "reason" | "startedAt"> | undefined;
  asked: AskedCommand | null;
}): PreviewView {
  if (preview?.status === "STARTING") return { kind: "starting", step: preview.step, startedAt: preview.startedAt };
  if (preview?.status === "READY" && preview.url !== null) return { kind: "ready", url: preview.url };
  if (list === undefined) return listError === null ? { kind: "loading" } : { kind: "failing", error: listError };
  if (!list.available) return { kind: "unavailable", reason: list.unavailableReason ?? "there is no sandbox." };
  if (asked !== null) return { kind: "ask", ...asked };
  if (!list.isConfirmed) return { kind: "ask", command: list.command, source: null };
  if (preview === undefined) return { kind: "none" };
  return { kind: preview.status === "FAILED" ? "failed" : "stopped", reason: preview.reason };
}
