import type {
  OpenProgress,
  OpenRepositoryInput,
  OpenRepositoryLine,
  OpenRepositoryOutput,
  RepositoryChoices,
} from "#lib/contracts/projects/repository.ts";
import { toProjectName } from "./send-archive.ts";

/** The source that the user chose. The server fetches an address; a bundle is uploaded. */
export type OpenedSource = { branches: RepositoryChoices["branches"] } & (
  | { type: "address"; address: string }
  | { type: "bundle"; file: File }
);

/** Until the server responds, a bundle is being uploaded. */
export type ShownProgress = OpenProgress | { step: "send" };

/**
 * Imports a repository and reports progress. The server stops when `signal` aborts.
 *
 * @throws errors in a form that `readAppError` accepts, or the signal's reason
 */
export async function openRepository({
  source,
  history,
  onProgress,
  signal,
}: {
  source: OpenedSource;
  history: RepositoryChoices["history"];
  onProgress: (progress: ShownProgress) => void;
  signal: AbortSignal;
}): Promise<OpenRepositoryOutput> {
  onProgress({ step: source.type === "bundle" ? "send" : "wait" });
  const response = await send({ source, history, signal });
  if (!response.ok || response.body === null) throw await response.json();
  for await (const line of readLines(response.body)) {
    if ("progress" in line) onProgress(line.progress);
    else if ("opened" in line) return line.opened;
    else throw line;
  }
  throw new Error("The answer ended early.", { cause: new TypeError("network error") });
}

function send({
  source,
  history,
  signal,
}: {
  source: OpenedSource;
  history: RepositoryChoices["history"];
  signal: AbortSignal;
}): Promise<Response> {
  const accept = "application/x-ndjson";
  const { branches } = source;
  if (source.type === "bundle") {
    const query = new URLSearchParams({ name: toProjectName(source.file.name), branches, history });
    const headers = { accept, "content-type": "application/octet-stream" };
    return post({ path: `/api/projects/import?${query.toString()}`, headers, body: source.file, signal });
  }
  const input: OpenRepositoryInput = { address: source.address, branches, history };
  const headers = { accept, "content-type": "application/json" };
  return post({ path: "/api/projects/open", headers, body: JSON.stringify(input), signal });
}

async function post({ path, ...options }: { path: string } & RequestInit): Promise<Response> {
  try {
    return await fetch(path, { method: "POST", ...options });
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw new Error("The request did not reach Graft.", { cause });
  }
}

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<OpenRepositoryLine> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let pending = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = `${pending}${value}`.split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as OpenRepositoryLine;
  }
}

/** The dialog's title: the end of the address, or the file name. */
export function nameSource(source: OpenedSource): string {
  if (source.type === "bundle") return toProjectName(source.file.name);
  const parts = source.address.split(/[\\/]/).filter((part) => part !== "" && part !== ".git");
  return (parts.at(-1) ?? "").replace(/\.git$/i, "");
}
