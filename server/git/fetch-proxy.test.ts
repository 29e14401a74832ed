import { createServer, type AddressInfo, type Server } from "node:net";
import { request } from "node:http";
import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFetchProxy, type FetchProxy } from "./fetch-proxy.ts";

let upstream: Server;
let connections: number;
let proxy: FetchProxy | null = null;

beforeEach(async () => {
  connections = 0;
  upstream = createServer((socket) => {
    connections += 1;
    socket.on("error", () => undefined).pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(upstream, "listening");
});
afterEach(async () => {
  await proxy?.close();
  upstream.close();
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;

const start = ({ addresses, allowsPrivate }: { addresses: string[]; allowsPrivate: boolean }) =>
  startFetchProxy({
    target: new URL(`https://git.example:${portOf(upstream)}/a.git`),
    allowsPrivate,
    maxBytes: 100,
    resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
  });

/** What the proxy answers to a CONNECT request, and the response to what is sent through the tunnel. */
async function tunnel({ to, send = "" }: { to: string; send?: string }): Promise<{ status: number; echo: string }> {
  const connecting = request({ host: "127.0.0.1", port: new URL(proxy?.url ?? "").port, method: "CONNECT", path: to });
  connecting.end();
  const [response, socket] = await once(connecting, "connect");
  let echo = "";
  socket
    .on("error", () => undefined)
    .on("data", (chunk: Buffer) => {
      echo += chunk.toString("latin1");
      if (echo.length === send.length) socket.end();
    });
  if (response.statusCode === 200) socket.write(send);
  await once(socket, "close");
  return { status: response.statusCode, echo };
}

test("tunnels to the host of the address", async () => {
  proxy = await start({ addresses: ["127.0.0.1"], allowsPrivate: true });
  expect(await tunnel({ to: `git.example:${portOf(upstream)}`, send: "hello" })).toEqual({
    status: 200,
    echo: "hello",
  });
  expect(proxy.refusal()).toBeNull();
});

test("connects to no other host and no other port", async () => {
  proxy = await start({ addresses: ["127.0.0.1"], allowsPrivate: true });
  expect((await tunnel({ to: "other.example:443" })).status).toBe(403);
  expect((await tunnel({ to: "git.example:22" })).status).toBe(403);
  expect(connections).toBe(0);
  expect(proxy.refusal()?.message).toContain("redirects to another host");
});

test.each([
  [["127.0.0.1"]],
  [["10.0.0.1"]],
  [["140.82.121.4", "192.168.1.1"]],
  [["::1"]],
  [["::ffff:169.254.169.254"]],
])("connects to no private address: %s", async (addresses) => {
  proxy = await start({ addresses, allowsPrivate: false });
  expect((await tunnel({ to: `git.example:${portOf(upstream)}` })).status).toBe(403);
  expect(connections).toBe(0);
  expect(proxy.refusal()?.message).toContain("private network");
});

test("closes a connection that receives more than the limit", async () => {
  proxy = await start({ addresses: ["127.0.0.1"], allowsPrivate: true });
  const { echo } = await tunnel({ to: `git.example:${portOf(upstream)}`, send: "x".repeat(1_000) });
  expect(echo.length).toBeLessThanOrEqual(100);
  expect(proxy.refusal()?.code).toBe("INPUT_TOO_LARGE");
});
