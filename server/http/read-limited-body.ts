import { AppError } from "#lib/errors.ts";

/**
 * The whole body of a request, never more than `maxBytes` of it in memory. A body whose `content-length` is above that
 * is not read at all.
 *
 * @throws AppError INPUT_TOO_LARGE
 */
export async function readLimitedBody({
  request,
  maxBytes,
  limitName,
}: {
  request: Request;
  maxBytes: number;
  limitName: string;
}): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new AppError({
      code: "INPUT_TOO_LARGE",
      message: `The request is larger than the limit of ${Math.floor(maxBytes / 1_048_576)} MiB. Nothing was stored. Send it in smaller parts.`,
      details: { limit: limitName, maximum: maxBytes },
    });
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
