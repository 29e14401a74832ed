import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { malformedAddress } from "./malformed-address.ts";

/**
 * Preloaded into the web process: Next answers an address that it cannot decode with a bare 500, before any Graft code
 * runs.
 */
subscribe("http.server.request.start", (message) => {
  const { request } = message as { request: IncomingMessage };
  if (!isDecodable(request.url ?? "")) request.url = malformedAddress;
});

function isDecodable(address: string): boolean {
  try {
    decodeURIComponent(address.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}
