import type { ImportCheckOutput, ImportOutput } from "#lib/contracts/projects/project-import.ts";
import type { LeaveOutGroup } from "#lib/contracts/projects/leave-out-groups.ts";
import { limits } from "#lib/contracts/limits.ts";

/** The user's choices in the preview. Null: the default for this archive. */
export type ImportDecisions = {
  groups: readonly LeaveOutGroup[] | null;
  leavesOutUnsupported: boolean;
  without: readonly string[];
  topFolder: "remove" | "keep" | null;
};

export const usualDecisions: ImportDecisions = {
  groups: null,
  leavesOutUnsupported: false,
  without: [],
  topFolder: null,
};

type Sending = {
  file: File;
  decisions: ImportDecisions;
  /** Upload progress from 0 to 1. At 1 the server reads the archive. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
};

/** Previews an import. @throws errors in a form that `readAppError` accepts, or the signal's reason */
export function checkArchive(sending: Sending): Promise<ImportCheckOutput> {
  return sendArchive({ ...sending, path: "/api/projects/import/check" }) as Promise<ImportCheckOutput>;
}

/** @throws errors in a form that `readAppError` accepts, or the signal's reason */
export function importArchive(sending: Sending): Promise<ImportOutput> {
  return sendArchive({ ...sending, path: "/api/projects/import" }) as Promise<ImportOutput>;
}

/** Uses XMLHttpRequest, because `fetch` reports no upload progress. */
function sendArchive({ path, file, decisions, onProgress, signal }: Sending & { path: string }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open("POST", `${path}?${toQuery({ file, decisions }).toString()}`);
    request.setRequestHeader("content-type", "application/zip");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.upload.onload = () => onProgress(1);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response);
      else reject(request.response);
    };
    request.onerror = () =>
      reject(new Error("The upload did not reach Graft.", { cause: new TypeError("network error") }));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener("abort", abort);
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener("abort", abort);
    request.send(file);
  });
}

function toQuery({ file, decisions }: { file: File; decisions: ImportDecisions }): URLSearchParams {
  const query = new URLSearchParams();
  const name = toProjectName(file.name);
  if (name !== "") query.set("name", name);
  const unsupported = decisions.leavesOutUnsupported ? ["unsupported"] : [];
  if (decisions.groups !== null)
    query.set("leaveOut", [...(decisions.groups.length === 0 ? ["none"] : decisions.groups), ...unsupported].join(","));
  else if (unsupported.length > 0) query.set("leaveOut", "unsupported");
  for (const path of decisions.without) query.append("without", path);
  if (decisions.topFolder !== null) query.set("topFolder", decisions.topFolder);
  return query;
}

/** The project name for a file. */
export function toProjectName(fileName: string): string {
  return fileName
    .replace(/\.(zip|bundle|bdl)$/i, "")
    .trim()
    .slice(0, limits.projectNameCharacters);
}
