import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { projectId as projectIdOf, type ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { projectNameText } from "#lib/contracts/projects/project.ts";
import { AppError } from "#lib/errors.ts";
import { projectHref, repositoryHref } from "#lib/hrefs.ts";
import type { Container } from "#server/container.ts";
import { encodePacket, flushPacket } from "#server/core/git/pkt-line.ts";
import { ChunkReader } from "#server/git/chunk-reader.ts";
import { readPushCommands } from "#server/git/read-push-commands.ts";
import { advertiseFetch, answerFetch } from "#server/git/serve-fetch.ts";
import { listPushRefs, receivePush } from "#server/services/git/receive-push.ts";
import type { HistoryTarget, StoredHistory } from "#server/services/git/store-history.ts";
import { syncRepository } from "#server/services/git/sync-repository.ts";
import type { RequestContext } from "#server/trpc/context.ts";
import { toTransportError } from "#server/trpc/error-mapping.ts";
import { answerPush, pushCapabilities } from "./answer-push.ts";
import { handleApiRequest } from "./handle-api-request.ts";
import { readBodyChunks } from "./bodies/read-body-chunks.ts";

/** git requests it anew each time; a cached response would be stale. */
const uncached = { "cache-control": "no-cache, max-age=0, must-revalidate" };

/** A pack and the lines before it. */
const maxPushBytes = limits.pushBytes + 65_536;

/** Implements git's smart HTTP protocol. Refusals are plain text, which git prints after `remote:`. */
export async function handleGitRequest({
  request,
  openContainer,
}: {
  request: Request;
  /** Tests pass their own container. */
  openContainer?: () => Promise<Container>;
}): Promise<Response> {
  const response = await handleApiRequest({
    request,
    handle: (context) => answer({ request, context }),
    ...(openContainer === undefined ? {} : { openContainer }),
  });
  return response.ok ? response : toPlainText(response);
}

async function answer({ request, context }: { request: Request; context: RequestContext }): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const service =
    `${request.method} ${pathname.replace(/^.*?\.git\//, "")} ${searchParams.get("service") ?? ""}`.trim();
  const target = readTarget(pathname);
  if (target === null) throw addressNotFound();
  if (service === "GET info/refs git-receive-pack") return offerPush({ context, target });
  if (service === "POST git-receive-pack") return takePush({ request, context, target });
  if (target.type === "new") throw nothingToClone();
  if (service === "GET info/refs git-upload-pack") return offerFetch({ request, context, projectId: target.projectId });
  if (service === "POST git-upload-pack") return sendFetch({ request, context, projectId: target.projectId });
  throw addressNotFound();
}

/** `/git/<projectId>.git/…`, or `/git/new/<name>.git/…` for a project that a push creates. */
function readTarget(pathname: string): HistoryTarget | null {
  const [, newName] = /^\/git\/new\/([^/]+)\.git\//.exec(pathname) ?? [];
  if (newName !== undefined)
    return { type: "new", name: projectNameText.parse(decodeURIComponent(newName)), withKnownPart: "refuse" };
  const [, project] = /^\/git\/([^/]+)\.git\//.exec(pathname) ?? [];
  const id = projectIdOf.safeParse(project);
  return id.success ? { type: "project", projectId: id.data } : null;
}

async function offerPush({ context, target }: { context: RequestContext; target: HistoryTarget }): Promise<Response> {
  const refs = await listPushRefs({ ...context, target });
  const [first, ...others] = refs.length === 0 ? [["capabilities^{}", "0".repeat(40)] as const] : refs;
  const lines = [first, ...others].flatMap((ref, index) =>
    ref === undefined ? [] : [encodePacket(`${ref[1]} ${ref[0]}${index === 0 ? `\0${pushCapabilities}` : ""}\n`)],
  );
  return new Response(
    new Uint8Array(Buffer.concat([encodePacket("# service=git-receive-pack\n"), flushPacket, ...lines, flushPacket])),
    { headers: { ...uncached, "content-type": "application/x-git-receive-pack-advertisement" } },
  );
}

async function takePush({
  request,
  context,
  target,
}: {
  request: Request;
  context: RequestContext;
  target: HistoryTarget;
}): Promise<Response> {
  if (request.headers.get("content-type") !== "application/x-git-receive-pack-request") throw addressNotFound();
  const reader = new ChunkReader(readInput({ request, maxBytes: maxPushBytes, limitName: "pushBytes" }));
  const { commands, capabilities } = await readPushCommands(reader);
  const headers = { ...uncached, "content-type": "application/x-git-receive-pack-result" };
  // The client's probe whether it may send more.
  if (commands.length === 0) return new Response(null, { headers });
  const stream = answerPush({
    commands,
    hasBands: capabilities.has("side-band-64k"),
    onError: (error) => toTransportError({ error, requestId: context.requestId }),
    store: async (onProgress) => {
      const stored = await receivePush({
        ...context,
        target,
        commands,
        reader,
        signal: request.signal,
        onProgress,
      }).finally(() => drain(reader));
      return describePush({ origin: `http://${request.headers.get("host") ?? ""}`, target, stored });
    },
  });
  return new Response(stream, { headers });
}

/** A client reads the response only after it has sent everything, even if its first lines were already refused. */
async function drain(reader: ChunkReader): Promise<void> {
  try {
    for await (const chunk of reader.rest()) void chunk;
  } catch {
    // Too much data, or the client disconnected: there is no reader.
  }
}

function describePush({
  origin,
  target,
  stored: { projectId, versions, isKnown, secrets },
}: {
  origin: string;
  target: HistoryTarget;
  stored: StoredHistory;
}): string[] {
  const address = `${origin}${projectHref(projectId)}`;
  const outcome = isKnown
    ? `The project already has all of this, so nothing was stored: ${address}`
    : `${versions} ${versions === 1 ? "version" : "versions"} stored: ${address}`;
  const lines = [outcome, ...describePushedSecrets(secrets)];
  return target.type === "project"
    ? lines
    : [
        ...lines,
        "To push again and to pull, set the address of the project:",
        `git remote set-url <remote> ${origin}${repositoryHref(projectId)}`,
      ];
}

/** A push that adds more contains test data; only the first are named. */
const maxNamedSecrets = 10;

function describePushedSecrets(secrets: StoredHistory["secrets"]): string[] {
  if (secrets.length === 0) return [];
  const places = secrets
    .slice(0, maxNamedSecrets)
    .map(({ commitId, issue }) => `  ${issue.path ?? ""}:${issue.line ?? 1} in commit ${commitId.slice(0, 12)}`);
  const more = secrets.length - places.length;
  return [
    "warning: what looks like a secret was pushed, and every version keeps its files. Models are not shown it.",
    ...places,
    ...(more > 0 ? [`  and ${more} more; each version lists its own`] : []),
    "If it is real, replace it where it is used.",
  ];
}

type ServiceRequest = { request: Request; context: RequestContext; projectId: ProjectId };

async function offerFetch({ request, context, projectId }: ServiceRequest): Promise<Response> {
  const { repository } = await syncRepository({ ...context, projectId });
  const protocol = request.headers.get("git-protocol");
  return new Response(await advertiseFetch({ git: context.container.git, repository, protocol }), {
    headers: { ...uncached, "content-type": "application/x-git-upload-pack-advertisement" },
  });
}

async function sendFetch({ request, context, projectId }: ServiceRequest): Promise<Response> {
  if (request.headers.get("content-type") !== "application/x-git-upload-pack-request") throw addressNotFound();
  const { repository } = await syncRepository({ ...context, projectId });
  const stream = answerFetch({
    git: context.container.git,
    repository,
    protocol: request.headers.get("git-protocol"),
    input: Readable.from(readInput({ request, maxBytes: limits.gitRequestBytes, limitName: "gitRequestBytes" }), {
      objectMode: false,
    }),
    signal: request.signal,
  });
  return new Response(stream, { headers: { ...uncached, "content-type": "application/x-git-upload-pack-result" } });
}

/** The body of a request, decompressed if necessary, up to `maxBytes`. */
function readInput({
  request,
  ...limit
}: {
  request: Request;
  maxBytes: number;
  limitName: string;
}): AsyncIterable<Uint8Array> {
  const body = readBodyChunks({ request, ...limit });
  return request.headers.get("content-encoding") === "gzip" ? inflate({ body, ...limit }) : body;
}

async function* inflate({
  body,
  maxBytes,
}: {
  body: AsyncIterable<Uint8Array>;
  maxBytes: number;
}): AsyncGenerator<Uint8Array> {
  const inflated = Readable.from(body, { objectMode: false }).pipe(createGunzip());
  let sizeBytes = 0;
  for await (const chunk of inflated as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new RangeError("The request inflates to more than its limit.");
    yield chunk;
  }
}

async function toPlainText(response: Response): Promise<Response> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  const headers = new Headers(response.headers);
  headers.set("content-type", "text/plain; charset=utf-8");
  headers.set("x-error-code", error.code);
  return new Response(`${error.message}\n`, { status: response.status, headers });
}

function addressNotFound(): AppError {
  return new AppError({
    code: "ADDRESS_NOT_FOUND",
    message:
      "There is no repository at this address. Nothing was changed. Copy the command from the project's page: git clone and the address that ends in .git.",
  });
}

function nothingToClone(): AppError {
  return new AppError({
    code: "ADDRESS_NOT_FOUND",
    message:
      "There is nothing to clone at this address yet. Nothing was changed. Push a branch to it: it becomes a project.",
  });
}
