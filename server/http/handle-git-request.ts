import { Readable, pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { projectId as projectIdOf, type ProjectId } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { advertiseFetch, answerFetch } from "#server/git/serve-fetch.ts";
import { syncRepository } from "#server/services/git/sync-repository.ts";
import type { RequestContext } from "#server/trpc/context.ts";
import { handleApiRequest } from "./handle-api-request.ts";
import { readBodyChunks } from "./read-body-chunks.ts";

/** git asks again each time; a copy of an answer would be of another moment. */
const uncached = { "cache-control": "no-cache, max-age=0, must-revalidate" };

/** A client of git's smart HTTP protocol. Refusals are plain text, which git prints after `remote:`. */
export async function handleGitRequest({
  request,
  openContainer,
}: {
  request: Request;
  /** Tests have a container of their own. */
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
  const [, project, service] = /^\/git\/([^/]+)\.git\/(.+)$/.exec(pathname) ?? [];
  const id = projectIdOf.safeParse(project);
  if (!id.success || service === undefined) throw addressNotFound();
  const operation = `${request.method} ${service} ${searchParams.get("service") ?? ""}`.trim();
  if (operation === "GET info/refs git-upload-pack") return offerFetch({ request, context, projectId: id.data });
  if (operation === "POST git-upload-pack") return sendFetch({ request, context, projectId: id.data });
  if (operation === "GET info/refs git-receive-pack" || operation === "POST git-receive-pack") throw pushNotOffered();
  throw addressNotFound();
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
    input: readInput(request),
    signal: request.signal,
  });
  return new Response(stream, { headers: { ...uncached, "content-type": "application/x-git-upload-pack-result" } });
}

/** The body of a request, inflated where the client compressed it, up to the limit of one. */
function readInput(request: Request): Readable {
  const body = Readable.from(
    readBodyChunks({ request, maxBytes: limits.gitRequestBytes, limitName: "gitRequestBytes" }),
    { objectMode: false },
  );
  if (request.headers.get("content-encoding") !== "gzip") return body;
  // An error of either side ends both; the reader of the result hears of it.
  return pipeline(body, createGunzip(), limitBytes, () => undefined) as unknown as Readable;
}

async function* limitBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.gitRequestBytes) throw new RangeError("The request inflates to more than its limit.");
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

function pushNotOffered(): AppError {
  return new AppError({
    code: "ADDRESS_NOT_FOUND",
    message:
      "This Graft takes no pushes. Nothing was changed, and your commits are in your clone. Push them to another remote.",
  });
}
