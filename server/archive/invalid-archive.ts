import { AppError } from "#lib/errors.ts";

/** The error for an archive that is damaged as a whole. @param reason one sentence */
export function invalidArchive(reason: string, cause?: unknown): AppError {
  return new AppError({
    code: "INVALID_ARCHIVE",
    message: `${reason} Nothing was imported. Make the archive again and import that.`,
    cause,
  });
}
