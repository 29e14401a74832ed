import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Container } from "#server/container.ts";
import { readEnv } from "#server/env.ts";
import { localOwnerId } from "#server/trpc/context.ts";
import type { RequestContext } from "#server/trpc/context.ts";
import { toAppError, toTransportError } from "#server/trpc/error-mapping.ts";
import { getWebContainer } from "./web-container.ts";
import { guardRequest } from "./guard-request.ts";

/** Guards a request, gives it its context and turns whatever it throws into `{error: {code, message, details}}`. */
export async function handleApiRequest({ request, handle }: { request: Request; handle: (context: RequestContext) => Promise<Response> }): Promise<Response> {
  try {
    const refusal = guardRequest({ method: request.method, headers: request.headers, host: readEnv().host });
    if (refusal !== null) throw refusal;
    const container: Container = await getWebContainer();
    return await handle({ container, ownerId: localOwnerId });
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const { code, message, details } = toAppError(error);
    return Response.json({ error: { code, message, details } }, { status: getHTTPStatusCodeFromError(toTransportError(error)) });
  }
}
