import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createHttpServer, request } from "node:http";
import type { Duplex } from "node:stream";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startFetchProxy, type FetchRules } from "./fetch-proxy.ts";
import { isBehindProxy } from "./outbound-proxy.ts";

let upstream: Server;
let connections: number;
let proxy: Awaited<ReturnType<typeof startFetchProxy>> | null = null;

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

const portOf = (server: Pick<Server, "address">) => (server.address() as AddressInfo).port;

const start = ({
  addresses,
  allowsPrivate,
  outbound = null,
}: {
  /** Null if the name does not resolve here. */
  addresses: string[] | null;
  allowsPrivate: boolean;
  outbound?: FetchRules["outbound"];
}) =>
  startFetchProxy({
    target: new URL(`https://git.example:${portOf(upstream)}/a.git`),
    rules: { allowsPrivate, outbound },
    maxBytes: 100,
    resolve: async () => {
      if (addresses === null) throw new Error("ENOTFOUND");
      return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    },
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

describe("behind a network proxy", () => {
  let outer: ReturnType<typeof createHttpServer>;
  let asked: { authority: string; credentials: string }[];
  let refuses: boolean;

  beforeEach(async () => {
    asked = [];
    refuses = false;
    outer = createHttpServer().listen(0, "127.0.0.1");
    outer.on("connect", (message, socket: Duplex) => {
      asked.push({ authority: message.url ?? "", credentials: message.headers["proxy-authorization"] ?? "" });
      if (refuses) {
        socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        return;
      }
      const there = connect({ host: "127.0.0.1", port: portOf(upstream) }, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.on("error", () => there.destroy()).pipe(there);
        there.on("error", () => socket.destroy()).pipe(socket);
      });
    });
    await once(outer, "listening");
  });
  afterEach(() => outer.close());

  const outbound = (exceptions: string[] = []): FetchRules["outbound"] => ({
    url: new URL(`http://user:w%40rd@127.0.0.1:${portOf(outer)}`),
    exceptions,
  });
  const place = () => `git.example:${portOf(upstream)}`;

  test("a host whose name does not resolve here is reached through it", async () => {
    proxy = await start({ addresses: null, allowsPrivate: false, outbound: outbound() });
    expect(await tunnel({ to: place(), send: "hello" })).toEqual({ status: 200, echo: "hello" });
    expect(asked).toEqual([
      { authority: place(), credentials: `Basic ${Buffer.from("user:w@rd").toString("base64")}` },
    ]);
  });

  test("other hosts and private addresses are not requested", async () => {
    proxy = await start({ addresses: ["10.0.0.1"], allowsPrivate: false, outbound: outbound() });
    expect((await tunnel({ to: place() })).status).toBe(403);
    expect((await tunnel({ to: "other.example:443" })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  test("an exception is connected to directly", async () => {
    proxy = await start({ addresses: ["127.0.0.1"], allowsPrivate: true, outbound: outbound([".example"]) });
    expect(await tunnel({ to: place(), send: "hello" })).toEqual({ status: 200, echo: "hello" });
    expect(asked).toEqual([]);
  });

  test("its refusal is reported with its address, and without its password", async () => {
    refuses = true;
    proxy = await start({ addresses: null, allowsPrivate: false, outbound: outbound() });
    expect((await tunnel({ to: place() })).status).toBe(403);
    expect(proxy.refusal()?.message).toContain(
      `The proxy 127.0.0.1:${portOf(outer)}, which HTTPS_PROXY names, answered 407 Proxy Authentication Required`,
    );
    expect(proxy.refusal()?.message).not.toMatch(/w@rd|w%40rd/);
  });

  test("an unreachable one is reported", async () => {
    const url = new URL(`http://127.0.0.1:${portOf(outer)}`);
    await new Promise((done) => outer.close(done));
    proxy = await start({ addresses: null, allowsPrivate: false, outbound: { url, exceptions: [] } });
    expect((await tunnel({ to: place() })).status).toBe(403);
    expect(proxy.refusal()?.message).toContain("does not answer");
  });
});

test.each([
  [[], true],
  [["*"], false],
  [["git.example"], false],
  [[".example"], false],
  [["*.example"], false],
  [["GIT.EXAMPLE:443"], false],
  [["git.example:8443"], true],
  [["it.example", "other"], true],
])("with the exceptions %j a host is behind the proxy: %s", (exceptions, expected) => {
  const proxyOf = { url: new URL("http://proxy.example"), exceptions };
  expect(isBehindProxy({ proxy: proxyOf, place: new URL("https://git.example/a.git") })).toBe(expected);
});
