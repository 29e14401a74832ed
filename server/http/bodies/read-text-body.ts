import { isUtf8 } from "node:buffer";
import { AppError } from "#lib/errors.ts";
import { readLimitedBody } from "./read-limited-body.ts";

/**
 * The bytes of a request's body, validated as UTF-8: a decoder would replace invalid bytes, and the replaced text would
 * be stored.
 *
 * @throws AppError INVALID_INPUT, INPUT_TOO_LARGE
 */
export async function readTextBody(limited: Parameters<typeof readLimitedBody>[0]): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readLimitedBody(limited);
  if (isUtf8(bytes)) return bytes;
  throw new AppError({
    code: "INVALID_INPUT",
    message: "The body is not valid UTF-8. Nothing was changed. Encode it as UTF-8 and send it again.",
  });
}
