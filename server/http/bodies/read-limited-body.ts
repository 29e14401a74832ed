import { readBodyChunks } from "./read-body-chunks.ts";

/** The whole body of a request. @throws AppError INPUT_TOO_LARGE, CANCELLED if the client aborted the upload */
export async function readLimitedBody(limited: {
  request: Request;
  maxBytes: number;
  limitName: string;
}): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBodyChunks(limited)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
