import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type RepositoryHost = {
  url: string;
  /** Answers a request itself, instead of git. Returns whether it did. */
  intercept(handle: (message: IncomingMessage, answer: ServerResponse) => boolean): void;
  close(): Promise<void>;
};

/** Serves the repositories in a folder with git's own HTTP backend on a free loopback port. */
export async function serveRepositories(directory: string): Promise<RepositoryHost> {
  let intercepted: (message: IncomingMessage, answer: ServerResponse) => boolean = () => false;
  const server = createServer((message, answer) => {
    if (!intercepted(message, answer)) serve({ directory, message, answer });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    intercept(handle) {
      intercepted = handle;
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function serve({
  directory,
  message,
  answer,
}: {
  directory: string;
  message: IncomingMessage;
  answer: ServerResponse;
}): void {
  const [path = "/", query = ""] = (message.url ?? "/").split("?");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env["PATH"] ?? "",
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      PATH_INFO: decodeURIComponent(path),
      QUERY_STRING: query,
      REQUEST_METHOD: message.method ?? "GET",
      CONTENT_TYPE: message.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: String(message.headers["content-encoding"] ?? ""),
      GIT_PROTOCOL: String(message.headers["git-protocol"] ?? ""),
    } as unknown as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.stdin.on("error", () => undefined);
  message.pipe(child.stdin);
  let pending = Buffer.alloc(0);
  let hasHead = false;
  child.stdout.on("data", (chunk: Buffer) => {
    if (hasHead) {
      answer.write(chunk);
      return;
    }
    pending = Buffer.concat([pending, chunk]);
    const end = pending.indexOf("\r\n\r\n");
    if (end === -1) return;
    hasHead = true;
    const headers = pending.toString("latin1", 0, end).split("\r\n");
    const status = headers.find((line) => line.startsWith("Status:"));
    answer.statusCode = Number(/\d+/.exec(status ?? "")?.[0] ?? 200);
    for (const line of headers.filter((each) => each !== status)) {
      const colon = line.indexOf(":");
      answer.setHeader(line.slice(0, colon), line.slice(colon + 1).trim());
    }
    answer.write(pending.subarray(end + 4));
  });
  child.on("close", () => answer.end());
  answer.on("close", () => child.kill());
}
