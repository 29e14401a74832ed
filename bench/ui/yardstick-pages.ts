import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ReviewCase } from "./review-cases.ts";

export type YardstickLibrary = "git-diff-view" | "react-diff-view";

export type YardstickPages = { url(target: { library: YardstickLibrary; caseIndex: number }): string; close(): void };

type Bundler = { build(options: object): Promise<{ output: readonly { type: string; code?: string }[] }> };

const yardsticksDir = fileURLToPath(new URL("../yardsticks/", import.meta.url));
const requireYardstick = createRequire(`${yardsticksDir}package.json`);

/** The two other surfaces, bundled for production and served on loopback with the patches that Graft computed. */
export async function serveYardstickPages({ cases }: { cases: readonly ReviewCase[] }): Promise<YardstickPages> {
  const [script, ...styles] = await Promise.all([
    bundlePage(),
    readFile(requireYardstick.resolve("@git-diff-view/react/styles/diff-view.css"), "utf8"),
    readFile(requireYardstick.resolve("react-diff-view/style/index.css"), "utf8"),
  ]);
  const html = `<!doctype html><meta charset="utf-8"><title>Diff</title><style>${styles.join("\n")}</style><div id="surface"></div><script type="module" src="/page.js"></script>`;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://loopback");
    const [, kind, index] = /^\/(page\.js|patches)(?:\/(\d+))?$/.exec(pathname) ?? [];
    if (kind === undefined) response.setHeader("content-type", "text/html; charset=utf-8").end(html);
    else if (kind === "page.js") response.setHeader("content-type", "text/javascript").end(script);
    else
      response.setHeader("content-type", "application/json").end(JSON.stringify(cases[Number(index)]?.patches ?? []));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: ({ library, caseIndex }) => `http://127.0.0.1:${port}/?library=${library}&case=${caseIndex}`,
    close: () => void server.close(),
  };
}

async function bundlePage(): Promise<string> {
  const { build } = (await import(pathToFileURL(requireYardstick.resolve("rolldown")).href)) as Bundler;
  const { output } = await build({
    input: `${yardsticksDir}diff-page.jsx`,
    write: false,
    platform: "browser",
    logLevel: "silent",
    transform: { jsx: "react-jsx", define: { "process.env.NODE_ENV": '"production"' } },
    output: { format: "esm", minify: true, codeSplitting: false },
  });
  return output.find(({ type }) => type === "chunk")?.code ?? "";
}
