import { request, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";

type PreviewAnswer = { status: number; headers: IncomingMessage["headers"]; rawHeaders: string[]; text: string };

/** Requests a preview like a browser: on this host, with the host name of its address. */
export async function askPreview({
  url,
  method = "GET",
  headers = {},
  body,
  onChunk = () => undefined,
}: {
  url: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  onChunk?: (text: string) => void;
}): Promise<PreviewAnswer> {
  const { host, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: "127.0.0.1", port, method, path: `${pathname}${search}`, headers: { host, ...headers }, agent: false },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          text += chunk;
          onChunk(chunk);
        });
        answer.on("error", reject);
        answer.on("end", () => {
          const { statusCode = 0, headers: received, rawHeaders } = answer;
          resolve({ status: statusCode, headers: received, rawHeaders, text });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Opens a connection with another protocol; returns the status if the preview refuses. */
export async function upgradePreview({
  url,
  protocol = "websocket",
}: {
  url: string;
  protocol?: string;
}): Promise<Socket | number> {
  const { host, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: "127.0.0.1",
      port,
      path: pathname,
      headers: { host, connection: "Upgrade", upgrade: protocol, "sec-websocket-key": "x" },
      agent: false,
    });
    outgoing.on("upgrade", (_answer, socket) => resolve(socket as Socket));
    outgoing.on("response", ({ statusCode = 0 }) => resolve(statusCode));
    outgoing.on("error", reject);
    outgoing.end();
  });
}
