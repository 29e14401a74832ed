import { request } from "node:http";

export type RawResponse = { status: number; headers: Readonly<Record<string, string>>; body: string };

/** Bytes of an answer that are read; the rest is dropped, so that an endless stream ends. */
const maxBodyBytes = 200_000;

/** Sends a request with exactly the given target and headers, including Host, which `fetch` would replace. */
export function sendRaw({
  baseUrl,
  method = "GET",
  target,
  headers = {},
  body,
}: {
  baseUrl: string;
  method?: string;
  /** As written in the request line: not normalised, not encoded. */
  target: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}): Promise<RawResponse> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path: target, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      const end = () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
          body: Buffer.concat(chunks).toString("utf8"),
        });
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        sizeBytes += chunk.length;
        if (sizeBytes > maxBodyBytes) response.destroy();
      });
      response.on("close", end);
      response.on("error", end);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
