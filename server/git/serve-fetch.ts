import type { Readable } from "node:stream";
import type { GitEngine } from "./git-engine.ts";
import { streamOutput } from "./stream-output.ts";

/** A client that sends nothing for this long has disconnected. */
const idleSeconds = 120;

type FetchRequest = {
  git: GitEngine;
  repository: string;
  /** The client's `Git-Protocol` header. */
  protocol: string | null;
};

/**
 * In protocol 2 the refs come with a later request, so the advertisement is the same for every repository of an engine.
 */
const offersOfProtocol2 = new WeakMap<GitEngine, Promise<Buffer>>();

/** The advertisement for a client that starts a clone or fetch. */
export async function advertiseFetch(request: FetchRequest): Promise<Uint8Array<ArrayBuffer>> {
  if (!isProtocol2(request.protocol))
    return new Uint8Array(Buffer.concat([Buffer.from("001e# service=git-upload-pack\n0000"), await offer(request)]));
  const { git } = request;
  const known = offersOfProtocol2.get(git) ?? offer({ ...request, protocol: "version=2" });
  offersOfProtocol2.set(git, known);
  known.catch(() => offersOfProtocol2.delete(git));
  return new Uint8Array(await known);
}

function offer({ git, repository, protocol }: FetchRequest): Promise<Buffer> {
  return git.run({
    repository,
    args: ["upload-pack", "--strict", "--stateless-rpc", "--advertise-refs", repository],
    env: toEnv(protocol),
  });
}

/**
 * Answers one request of a clone or fetch. The pack is generated as it is read, and aborted when the client
 * disconnects.
 */
export function answerFetch({
  git,
  repository,
  protocol,
  input,
  signal,
}: FetchRequest & { input: Readable; signal: AbortSignal }): ReadableStream<Uint8Array> {
  const args = ["upload-pack", "--strict", "--stateless-rpc", `--timeout=${idleSeconds}`, repository];
  return streamOutput({ git, command: { repository, args, env: toEnv(protocol) }, input, signal });
}

function isProtocol2(protocol: string | null): boolean {
  return (protocol ?? "").split(":").includes("version=2");
}

/** Only characters of the protocol's own words are passed to the environment. */
function toEnv(protocol: string | null): Record<string, string> {
  return protocol !== null && /^[a-z0-9=:.-]{1,200}$/.test(protocol) ? { GIT_PROTOCOL: protocol } : {};
}
