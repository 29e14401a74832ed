import { BlockList, isIPv4, isIPv6 } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * Whether a request came from the Graft host itself. A request through a proxy has forwarding headers; Next adds the
 * peer's address.
 */
export function isFromThisMachine(headers: Headers): boolean {
  if (headers.has("forwarded") || headers.has("via") || headers.has("x-real-ip")) return false;
  const addresses = (headers.get("x-forwarded-for") ?? "").split(",").map((address) => address.trim());
  return addresses.every((address) => address === "" || isLoopback(address));
}

function isLoopback(address: string): boolean {
  if (isIPv4(address)) return loopback.check(address, "ipv4");
  return isIPv6(address) && loopback.check(address, "ipv6");
}
