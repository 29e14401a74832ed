import { appErrorCodes, type AppErrorCode, type AppErrorDetails } from "#lib/errors.ts";

/** `OFFLINE` is the client's own code: the request never reached the server. */
type ClientErrorCode = AppErrorCode | "OFFLINE";

/** `requestId` finds the request in the server's log. */
type ClientError = { code: ClientErrorCode; message: string; details?: AppErrorDetails; requestId?: string };

const offline: ClientError = {
  code: "OFFLINE",
  message:
    "Graft could not be reached. Nothing was changed by this request, and runs continue on the server. Check that it is running, then try again.",
};

/** Converts anything thrown by a failed request: a tRPC error, the body of a failed HTTP request, a network error. */
export function readAppError(error: unknown): ClientError {
  const carried = readCarried(error);
  if (carried !== null) return carried;
  if (isNetworkError(error)) return offline;
  return {
    code: "INTERNAL",
    message: "Something went wrong on this page. Nothing that was stored is lost. Reload the page and try again.",
  };
}

function readCarried(error: unknown): ClientError | null {
  if (!isRecord(error)) return null;
  const data = isRecord(error["data"]) ? error["data"]["appError"] : isRecord(error["error"]) ? error["error"] : null;
  if (!isRecord(data) || !isAppErrorCode(data["code"])) return null;
  const message =
    typeof data["message"] === "string"
      ? data["message"]
      : typeof error["message"] === "string"
        ? error["message"]
        : "";
  return {
    code: data["code"],
    message,
    ...(isRecord(data["details"]) ? { details: data["details"] } : {}),
    ...(typeof data["requestId"] === "string" ? { requestId: data["requestId"] } : {}),
  };
}

/**
 * `fetch` reports every connection failure as a TypeError, and tRPC wraps it as the cause. A bare TypeError is a bug of
 * the page.
 */
function isNetworkError(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof TypeError;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isAppErrorCode(value: unknown): value is AppErrorCode {
  return (appErrorCodes as readonly unknown[]).includes(value);
}
