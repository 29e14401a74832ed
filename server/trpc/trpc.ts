import { initTRPC } from "@trpc/server";
import type { RequestContext } from "./context.ts";
import { toAppError, toTransportError } from "./error-mapping.ts";

const trpc = initTRPC.context<RequestContext>().create({
  sse: {
    // Proxies drop silent connections; the client reconnects after a longer silence.
    ping: { enabled: true, intervalMs: 5_000 },
    client: { reconnectAfterInactivityMs: 15_000 },
  },
  errorFormatter({ shape, error, ctx }) {
    const appError = toAppError(error);
    return {
      ...shape,
      message: appError.message,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        appError: { code: appError.code, details: appError.details, requestId: ctx?.requestId },
      },
    };
  },
});

export const { router } = trpc;

/** Converts service errors to transport errors, for all procedures. */
export const procedure = trpc.procedure.use(async ({ ctx, next }) => {
  const result = await next();
  if (!result.ok) throw toTransportError({ error: result.error, requestId: ctx.requestId });
  return result;
});
