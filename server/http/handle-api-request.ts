import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { AppError } from "#lib/errors.ts";
import type { Container } from "#server/container.ts";
import { readEnv } from "#server/env.ts";
import { localOwnerId, type RequestContext } from "#server/trpc/context.ts";
import { toAppError, toTransportError } from "#server/trpc/error-mapping.ts";
import { getWebContainer } from "./web-container.ts";
import { guardRequest } from "./guard-request.ts";
import { makeRequestId } from "./make-request-id.ts";

type ApiRequest = {
  request: Request;
  handle: (context: RequestContext) => Promise<Response>;
  /** Tests pass their own container. */
  openContainer?: () => Promise<Container>;
};

/**
 * Guards a request, gives it a context and an id, and converts anything it throws to `{error: {code, message, details,
 * requestId}}`.
 */
export async function handleApiRequest(apiRequest: ApiRequest): Promise<Response> {
  const requestId = makeRequestId();
  const response = await answer({ ...apiRequest, requestId });
  response.headers.set("x-request-id", requestId);
  return response;
}

async function answer({
  request,
  handle,
  openContainer = getWebContainer,
  requestId,
}: ApiRequest & { requestId: string }): Promise<Response> {
  try {
    const refusal = guardRequest({ method: request.method, headers: request.headers, host: readEnv().host });
    if (refusal !== null) throw refusal;
    const container = await openContainer();
    return await handle({ container, ownerId: localOwnerId, requestId });
  } catch (cause) {
    const error = toRequestError({ cause, signal: request.signal });
    const { code, message, details } = toAppError(error);
    return Response.json(
      { error: { code, message, details, requestId } },
      { status: getHTTPStatusCodeFromError(toTransportError({ error, requestId })) },
    );
  }
}

/** If the client disconnected, every later error counts as its cancellation. */
function toRequestError({ cause, signal }: { cause: unknown; signal: AbortSignal }): Error {
  if (signal.aborted && cause === signal.reason)
    return new AppError({
      code: "CANCELLED",
      message: "The request was broken off by its client. Nothing was stored.",
      cause,
    });
  return cause instanceof Error ? cause : new Error(String(cause));
}
