import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import type { RequestContext } from "#server/trpc/context.ts";
import { sendLongAnswers, type LongAnswers } from "#server/trpc/long-answers.ts";
import { toTransportError } from "#server/trpc/error-mapping.ts";
import { appRouter } from "#server/trpc/root.ts";
import { readTextBody } from "./bodies/read-text-body.ts";

type TrpcRequest = { request: Request; context: RequestContext };

/**
 * Answers one request to `/api/trpc`. The body is read here, up to `limits.requestBytes`, because tRPC itself reads
 * without a limit.
 */
export async function handleTrpcRequest({ request, context }: TrpcRequest): Promise<Response> {
  try {
    const longAnswers: LongAnswers = new Map();
    const response = await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: await withReadBody(request),
      router: appRouter,
      createContext: () => ({ ...context, longAnswers }),
    });
    return await sendLongAnswers({ response, longAnswers });
  } catch (error) {
    if (error instanceof AppError) return refuse({ error, requestId: context.requestId });
    throw error;
  }
}

async function withReadBody(request: Request): Promise<Request> {
  if (request.body === null) return request;
  const body = await readTextBody({ request, maxBytes: limits.requestBytes, limitName: "requestBytes" });
  return new Request(request.url, { method: request.method, headers: request.headers, signal: request.signal, body });
}

/** In the format of a procedure's error, which tRPC's clients read. */
function refuse({ error, requestId }: { error: AppError; requestId: string }): Response {
  const transportError = toTransportError({ error, requestId });
  const { code } = transportError;
  const status = getHTTPStatusCodeFromError(transportError);
  const appError = { code: error.code, details: error.details, requestId };
  return Response.json(
    {
      error: {
        message: error.message,
        code: TRPC_ERROR_CODES_BY_KEY[code],
        data: { code, httpStatus: status, appError },
      },
    },
    { status },
  );
}
