import { getHTTPStatusCodeFromError } from "@trpc/server/http";
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
  /** Tests have a container of their own. */
  openContainer?: () => Promise<Container>;
};

/**
 * Guards a request, gives it its context and an id, and turns whatever it throws into `{error: {code, message, details,
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
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const { code, message, details } = toAppError(error);
    return Response.json(
      { error: { code, message, details, requestId } },
      { status: getHTTPStatusCodeFromError(toTransportError({ error, requestId })) },
    );
  }
}
