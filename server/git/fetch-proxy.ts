import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer, request as requestUpstream, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type LookupFunction } from "node:net";
import { Transform, type Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { limits } from "#lib/contracts/limits.ts";
import { AppError } from "#lib/errors.ts";
import { isPublicAddress } from "./is-public-address.ts";
import { connectThrough, isBehindProxy, type OutboundProxy } from "./outbound-proxy.ts";

/** How repositories may be fetched, set by the operator. */
export type FetchRules = {
  /** Fetches may access this host and its networks. */
  allowsPrivate: boolean;
  /** The proxy for connections to the internet; null for direct connections. */
  outbound: OutboundProxy | null;
};

type FetchProxy = {
  /** The proxy address for git. */
  url: string;
  /** Why it refused a request; null if it has refused nothing. */
  refusal(): AppError | null;
  /** Closes every connection through it. */
  close(): Promise<void>;
};

type Address = { address: string; family: number };

/**
 * The only network access of a fetch: a proxy on a loopback port that only connects to the host of `target`, whatever
 * redirects say. It checks the addresses that the name resolves to and connects to exactly those, so a DNS change in
 * between has no effect. Behind an outbound proxy the name need not resolve here; that proxy resolves it. It also
 * limits the received bytes.
 */
export async function startFetchProxy({
  target,
  rules: { allowsPrivate, outbound },
  maxBytes,
  resolve = (host) => lookup(host, { all: true }),
}: {
  target: URL;
  rules: FetchRules;
  maxBytes: number;
  /** Tests inject addresses. */
  resolve?: (host: string) => Promise<Address[]>;
}): Promise<FetchProxy> {
  const sockets = new Set<Duplex>();
  let refusal: AppError | null = null;
  let receivedBytes = 0;
  const refuse = (error: AppError): AppError => (refusal ??= error);

  const proxy = outbound !== null && isBehindProxy({ proxy: outbound, place: target }) ? outbound : null;
  const findAddresses = async (place: URL): Promise<Address[]> => {
    if (toPlace(place) !== toPlace(target)) throw refuse(otherHost({ target, host: place.host }));
    const addresses = await resolve(place.hostname.replace(/^\[|\]$/g, "")).catch((error: unknown) => {
      if (proxy !== null) return [];
      throw error;
    });
    if (!allowsPrivate && !addresses.every(({ address }) => isPublicAddress(address)))
      throw refuse(privateHost(target));
    return addresses;
  };
  const connectTo: Passage["connectTo"] = async (place) => {
    const addresses = await findAddresses(place);
    if (proxy === null) return connectStraight({ place, addresses });
    return connectThrough({ proxy, place }).catch((error: unknown) => {
      throw error instanceof AppError ? refuse(error) : error;
    });
  };
  const counted = () =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        receivedBytes += chunk.length;
        if (receivedBytes > maxBytes) done(refuse(tooLarge(maxBytes)));
        else done(null, chunk);
      },
    });

  const server = createServer((message, answer) => {
    void forward({ message, answer, findAddresses, counted }).catch(() => answer.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  });
  server.on("connect", (message: IncomingMessage, socket: Duplex, head: Buffer) => {
    void tunnel({ message, socket, head, connectTo, counted, sockets }).catch(() => {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refusal: () => refusal,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type Passage = {
  message: IncomingMessage;
  findAddresses: (place: URL) => Promise<Address[]>;
  /** Opens a connection that is ready for writing. */
  connectTo: (place: URL) => Promise<Duplex>;
  /** Counts what passes, and breaks off above the limit. */
  counted: () => Transform;
};

/** A plain HTTP request, which is only sent within the operator's networks. */
async function forward({
  message,
  answer,
  findAddresses,
  counted,
}: Omit<Passage, "connectTo"> & { answer: ServerResponse }): Promise<void> {
  const place = new URL(message.url ?? "");
  const addresses = await findAddresses(place);
  const upstream = requestUpstream(place, {
    method: message.method ?? "GET",
    headers: message.headers,
    lookup: pin(addresses),
    agent: false,
  });
  // Closes the upstream connection when the client has disconnected.
  answer.once("close", () => upstream.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    upstream.once("response", resolve).once("error", reject);
  });
  await pipeline(message, upstream);
  const response = await answered;
  answer.writeHead(response.statusCode ?? 502, response.headers);
  await pipeline(response, counted(), answer);
}

/** A TLS tunnel, whose content the proxy cannot read. */
async function tunnel({
  message,
  socket,
  head,
  connectTo,
  counted,
  sockets,
}: Omit<Passage, "findAddresses"> & { socket: Duplex; head: Buffer; sockets: Set<Duplex> }): Promise<void> {
  socket.on("error", () => undefined);
  const upstream = await connectTo(new URL(`https://${message.url ?? ""}`));
  sockets.add(upstream);
  upstream.on("error", () => socket.destroy()).once("close", () => sockets.delete(upstream));
  socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
  if (head.length > 0) upstream.write(head);
  socket.pipe(upstream);
  await pipeline(upstream, counted(), socket).catch(() => {
    socket.destroy();
    upstream.destroy();
  });
}

async function connectStraight({ place, addresses }: { place: URL; addresses: readonly Address[] }): Promise<Duplex> {
  const socket = connect({
    host: place.hostname.replace(/^\[|\]$/g, ""),
    port: Number(place.port || 443),
    lookup: pin(addresses),
  });
  await once(socket, "connect");
  return socket;
}

/** Connects to addresses that were checked, whatever the name has by then. */
function pin(addresses: readonly Address[]): LookupFunction {
  return (_host, options, done) => {
    const [first] = addresses;
    if (options.all === true) done(null, [...addresses]);
    else if (first === undefined) done(new Error("The host has no address."), "", 4);
    else done(null, first.address, first.family);
  };
}

/** Host and port. */
function toPlace({ protocol, hostname, port }: URL): string {
  return `${hostname}:${port === "" ? (protocol === "http:" ? "80" : "443") : port}`;
}

function otherHost({ target, host }: { target: URL; host: string }): AppError {
  return new AppError({
    code: "REPOSITORY_UNAVAILABLE",
    message: `${target.host} redirects to another host, ${host}. Nothing was stored. Open the repository at that address, if you trust it.`,
  });
}

function privateHost(target: URL): AppError {
  return new AppError({
    code: "REPOSITORY_UNAVAILABLE",
    message: `${target.host} is an address of this machine or of a private network, from which Graft fetches nothing unless GRAFT_PRIVATE_REPOSITORIES is on. Nothing was stored. Clone it yourself and open the folder, or push it to /git/new/<name>.git.`,
  });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError({
    code: "INPUT_TOO_LARGE",
    message: `The repository has more than ${Math.floor(maxBytes / 1_048_576)} MiB. Nothing was stored. Open its latest files without the history, or push a part of the history.`,
    details: { limit: "pushBytes", maximum: limits.pushBytes },
  });
}
