import { createServer } from "node:net";

/**
 * The port to serve on: `port` if it is free, any free one for 0.
 *
 * @throws Error with a message if it is taken
 */
export async function findFreePort({ host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE";
      reject(
        taken
          ? new Error(`Port ${port} is in use. Stop what uses it, or start with PORT set to another number.`, { cause })
          : cause,
      );
    });
    server.listen({ host, port }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : port));
    });
  });
}
