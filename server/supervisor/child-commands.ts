import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const projectDir = fileURLToPath(new URL("../../", import.meta.url));
const nextBin = createRequire(import.meta.url).resolve("next/dist/bin/next");
const preload = (...files: string[]) => files.flatMap((file) => ["--import", new URL(file, import.meta.url).href]);

/**
 * Short-lived objects fill up to three times 8 MiB before they are collected: with Node's own choice an import of 5,000
 * files took 110 MB more, and no less time. The heap grows by at most half between two full collections: with V8's own
 * choice iterations on 5,000 files took 80 MB more, and about a fifth less time.
 */
const memoryArgs = ["--max-semi-space-size=8", "--heap-growing-percent=50"];

/**
 * Variables for each process. glibc keeps freed memory in up to eight arenas per processor: with two in all, the
 * largest requests took 20 to 80 MB less.
 */
export const memoryEnv = { MALLOC_ARENA_MAX: "2" };

/**
 * Longer than clients and proxies keep an unused connection (nginx: 60 s). With Next's 5 s, a request could be sent on
 * a connection that the server was closing, and was lost.
 */
const keepAliveTimeoutMs = 75_000;

/** The arguments with which Node runs a worker. */
export const workerArgs: readonly string[] = [
  ...memoryArgs,
  ...preload("send-heartbeats.ts", "store-compiled-modules.ts", "await-database.ts"),
  fileURLToPath(new URL("../jobs/worker-main.ts", import.meta.url)),
];

/** The arguments with which Node runs previews. */
export const previewArgs: readonly string[] = [
  ...memoryArgs,
  ...preload("send-heartbeats.ts", "store-compiled-modules.ts", "await-database.ts"),
  fileURLToPath(new URL("../previews/preview-main.ts", import.meta.url)),
];

/** The arguments with which Node serves the production build. */
export function webArgs({ host, port }: { host: string; port: number }): string[] {
  return [
    ...memoryArgs,
    ...preload(
      "send-heartbeats.ts",
      "store-compiled-modules.ts",
      "exit-with-parent.ts",
      "await-database.ts",
      "../http/divert-malformed-addresses.ts",
    ),
    nextBin,
    "start",
    projectDir,
    "--hostname",
    host,
    "--port",
    String(port),
    "--keepAliveTimeout",
    String(keepAliveTimeoutMs),
  ];
}
