import type { PreviewListOutput, PreviewOutput } from "#lib/contracts/versions/preview.ts";
import type { PreviewStep } from "#lib/contracts/versions/preview-state.ts";

/** What a preview panel shows. */
export type PreviewView =
  | { kind: "loading" }
  | { kind: "failing"; error: unknown }
  /** Previews cannot run on this host. */
  | { kind: "unavailable"; reason: string }
  /** The user must see the command before it runs; null if none was detected. */
  | { kind: "ask"; command: string | null; source: string | null }
  | { kind: "none" }
  | { kind: "starting"; step: PreviewStep | null; startedAt: string }
  | { kind: "ready"; url: string }
  | { kind: "stopped"; reason: string | null }
  | { kind: "failed"; reason: string | null };

/** A command that must be confirmed before a preview starts, as returned by the server. */
export type AskedCommand = { command: string | null; source: string | null };

/**
 * Chooses what to show for a version's preview. A live preview is always shown. A command that waits for the user's
 * confirmation takes precedence over an earlier end.
 */
export function choosePreviewView({
  list,
  listError,
  preview,
  asked,
}: {
  list: Pick<PreviewListOutput, "available" | "unavailableReason" | "command" | "isConfirmed"> | undefined;
  listError: unknown;
  /** The newest preview of the version. */
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
