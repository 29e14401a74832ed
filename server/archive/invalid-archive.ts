import { AppError } from "#lib/errors.ts";

/** An archive that cannot be believed as a whole. @param reason one sentence */
export function invalidArchive(reason: string, cause?: unknown): AppError {
  return new AppError({
    code: "INVALID_ARCHIVE",
    message: `${reason} Nothing was imported. Make the archive again and import that.`,
    cause,
  });
}
