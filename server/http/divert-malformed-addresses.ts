import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { malformedAddress } from "./malformed-address.ts";

/**
 * Preloaded into the web process: Next answers an address that does not decode with a bare 500, before any code of
 * ours.
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
