import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { AppError, appErrorCodes, type AppErrorCode, factsOfError } from "#lib/errors.ts";
import { logger } from "#server/logger.ts";
import { findDatabaseFault, type DatabaseFault } from "#server/store/find-database-fault.ts";

const databaseFaults: Record<DatabaseFault, { code: AppErrorCode; message: string }> = {
  full: {
    code: "STORAGE_FULL",
    message:
      "The disk of the database is full. Nothing was changed, and what was stored is kept. Free space on it, then try again.",
  },
  busy: {
    code: "DATABASE_BUSY",
    message:
      "The database has no connection or memory left for this. Nothing was changed. Try again in a moment; if it stays, give the database more.",
  },
  away: {
    code: "DATABASE_UNAVAILABLE",
    message:
      "The database does not answer. What was stored is kept, and runs continue when it is back. Try again in a moment; if it stays, look at the server's log.",
  },
};

const diskFull = {
  code: "STORAGE_FULL" as const,
  message:
    "The disk of Graft's data directory is full. Nothing was changed, and what was stored is kept. Free space on it, then try again.",
};

/** Files outside the database are only written while something is received or derived. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT" || isDiskFull(error.cause);
}

/** The message of an error for clients: its own sentence, or a generic one that reveals no internals. */
export function toAppError(error: Error): AppError {
  if (error instanceof AppError) return error;
  if (error.cause instanceof AppError) return error.cause;
  const inputError = error instanceof z.ZodError ? error : error.cause instanceof z.ZodError ? error.cause : null;
  if (inputError !== null) return fromInputError(inputError);
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR") {
    return new AppError({
      code: "INVALID_INPUT",
      message: `The request was not understood: ${error.message} Nothing was changed.`,
    });
  }
  const fault = findDatabaseFault(error);
  if (fault !== null) return new AppError(databaseFaults[fault]);
  if (isDiskFull(error)) return new AppError(diskFull);
  return new AppError({
    code: "INTERNAL",
    message:
      "Something went wrong in Graft. Nothing that was stored is lost. Try again; if it stays, look at the server's log.",
  });
}

/** The status and message of an error, for HTTP and tRPC. Logged only here, with the request's id. */
export function toTransportError({ error, requestId }: { error: Error; requestId: string }): TRPCError {
  const appError = toAppError(error);
  if (appError.code === "INTERNAL" || appError.code === "STORAGE_FULL")
    logger.error({ requestId, err: error.cause ?? error }, "unexpected error");
  else logger.info({ requestId, code: appError.code }, "request refused");
  const isOfTransport =
    error instanceof TRPCError && !(error.cause instanceof AppError || error.cause instanceof z.ZodError);
  const code = isOfTransport ? error.code : factsOfError(appError.code).status;
  return new TRPCError({ code, message: appError.message, cause: appError });
}

/** A malformed id gets the not-found code of its kind, like an unknown one, unless the input has other errors too. */
function fromInputError(error: z.ZodError): AppError {
  const first = error.issues.find((issue) => readParam({ issue, name: "notFound" }) === null) ?? error.issues[0];
  const field = first?.path.join(".") ?? "";
  const limit = readParam({ issue: first, name: "limit" });
  const notFound = appErrorCodes.find((code) => code === readParam({ issue: first, name: "notFound" }));
  const issues = error.issues.slice(0, 10).map(({ path, message }) => ({ field: path.join("."), message }));
  if (notFound !== undefined)
    return new AppError({ code: notFound, message: first?.message ?? "", details: { issues } });
  if (limit !== null)
    return new AppError({ code: "INPUT_TOO_LARGE", message: first?.message ?? "", details: { limit, issues } });
  return new AppError({
    code: "INVALID_INPUT",
    message: `${field === "" ? "" : `${field}: `}${first?.message ?? "The input is not valid."} Nothing was changed.`,
    details: { issues },
  });
}

function readParam({ issue, name }: { issue: z.core.$ZodIssue | undefined; name: string }): string | null {
  const value: unknown = issue?.code === "custom" ? issue.params?.[name] : undefined;
  return typeof value === "string" ? value : null;
}
