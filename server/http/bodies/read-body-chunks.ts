import { AppError } from "#lib/errors.ts";

/**
 * The body of a request as it arrives, at most `maxBytes`. If `content-length` exceeds that, nothing is read.
 *
 * @throws AppError INPUT_TOO_LARGE, CANCELLED if the client aborted the upload
 */
export async function* readBodyChunks({
  request,
  maxBytes,
  limitName,
}: {
  request: Request;
  maxBytes: number;
  limitName: string;
}): AsyncGenerator<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge({ maxBytes, limitName });
  let sizeBytes = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) throw tooLarge({ maxBytes, limitName });
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError({
      code: "CANCELLED",
      message: "The upload ended before all of it had come. Nothing was stored. Send it again.",
      cause,
    });
  }
}

function tooLarge({ maxBytes, limitName }: { maxBytes: number; limitName: string }): AppError {
  return new AppError({
    code: "INPUT_TOO_LARGE",
    message: `The upload is larger than the limit of ${Math.floor(maxBytes / 1_048_576)} MiB. Nothing was stored.`,
    details: { limit: limitName, maximum: maxBytes },
  });
}
