#!/opt/graft/bin/node
// Runs inside the sandbox: serve-folder FOLDER. Serves files unchanged, on $PORT.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const folder = process.argv[2] ?? ".";
const port = Number(process.env.PORT ?? 3000);

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".webmanifest": "application/manifest+json",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
  ".mp4": "video/mp4",
  ".mp3": "audio/mpeg",
  ".pdf": "application/pdf",
};

/** The file for an address: itself, a folder's index page, or the page with the added extension. */
function find(address) {
  let path;
  try {
    path = normalize(decodeURIComponent(new URL(address, "http://localhost").pathname));
  } catch {
    return null;
  }
  for (const candidate of [path, join(path, "index.html"), `${path}.html`]) {
    const place = join(folder, candidate);
    if (existsSync(place) && statSync(place).isFile()) return place;
  }
  return null;
}

createServer((request, response) => {
  const place = find(request.url ?? "/");
  if (place === null) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
    response.end("There is no such file in this version.\n");
  } else {
    const { size } = statSync(place);
    const type = types[extname(place).toLowerCase()] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-length": size, "cache-control": "no-cache" });
    if (request.method === "HEAD") response.end();
    else createReadStream(place).pipe(response);
  }
  console.log(`${response.statusCode} ${request.method} ${request.url}`);
}).listen(port, "127.0.0.1", () => console.log(`serves ${folder} on port ${port}`));
