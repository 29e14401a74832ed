import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, request as openRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { receiveUpload } from "./receive-upload.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "graft-uploads-"));
});
afterAll(() => rm(directory, { recursive: true }));

const receive = ({
  body,
  maxBytes = 1_000_000,
}: {
  body: ReadableStream<Uint8Array> | Uint8Array;
  maxBytes?: number;
}) =>
  receiveUpload({
    request: new Request("http://graft.test/", {
      method: "POST",
      body: body as BodyInit,
      duplex: "half",
    } as RequestInit),
    directory,
    maxBytes,
    limitName: "archiveBytes",
    use: async (upload) => Buffer.from(await upload.read({ offset: 0, length: upload.sizeBytes })),
  });

test("an upload in many pieces is read back unchanged, and leaves no file", async () => {
  const pieces = Array.from({ length: 50 }, (_, index) => Buffer.alloc(3_000, index));
  const body = Readable.toWeb(Readable.from(pieces, { objectMode: false })) as ReadableStream<Uint8Array>;
  expect((await receive({ body })).equals(Buffer.concat(pieces))).toBe(true);
  expect(await readdir(directory)).toEqual([]);
});

test("an upload above the limit is refused while it arrives", async () => {
  await expect(receive({ body: new Uint8Array(2_000), maxBytes: 1_000 })).rejects.toMatchObject({
    code: "INPUT_TOO_LARGE",
    details: { limit: "archiveBytes", maximum: 1_000 },
  });
  expect(await readdir(directory)).toEqual([]);
});

test("reads an upload that cannot be written to its end before it fails, so that the client receives the error", async () => {
  let sent = 0;
  async function* pieces() {
    for (; sent < 50; sent += 1) yield Buffer.alloc(3_000);
  }
  await writeFile(join(directory, "file"), "");
  const failing = receiveUpload({
    request: new Request("http://graft.test/", {
      method: "POST",
      body: Readable.toWeb(Readable.from(pieces(), { objectMode: false })) as BodyInit,
      duplex: "half",
    } as RequestInit),
    directory: join(directory, "file", "uploads"),
    maxBytes: 1_000_000,
    limitName: "archiveBytes",
    use: async () => "stored",
  });
  await expect(failing).rejects.toMatchObject({ code: "ENOTDIR" });
  expect(sent).toBe(50);
  await rm(join(directory, "file"));
});

test("an upload aborted by the client is cancelled, which is not an unexpected error", async () => {
  const outcome = Promise.withResolvers<unknown>();
  const server = createServer((incoming) => {
    receive({ body: Readable.toWeb(incoming) as ReadableStream<Uint8Array> }).then(outcome.resolve, outcome.resolve);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = openRequest({
    port: (server.address() as AddressInfo).port,
    method: "POST",
    headers: { "content-length": 100_000 },
  });
  client.on("error", () => undefined);
  client.write(Buffer.alloc(10_000), () => client.destroy());
  expect(await outcome.promise).toMatchObject({ code: "CANCELLED" });
  expect(await readdir(directory)).toEqual([]);
  server.close();
});
