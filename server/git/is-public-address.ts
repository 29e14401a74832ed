import { BlockList, isIPv4, isIPv6 } from "node:net";

/** IPv4 ranges that are local to a host or a network, or reserved (IANA's special-purpose registry). */
const closedIpv4: readonly (readonly [address: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Non-public ranges within 2000::/3: tunnels, which lead to IPv4 addresses, and examples. */
const closedIpv6: readonly (readonly [address: string, prefix: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const closed = new BlockList();
for (const [address, prefix] of closedIpv4) closed.addSubnet(address, prefix, "ipv4");
for (const [address, prefix] of closedIpv6) closed.addSubnet(address, prefix, "ipv6");

const globalIpv6 = new BlockList();
globalIpv6.addSubnet("2000::", 3, "ipv6");

/** Whether an address is on the public internet, not in a private or local network. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, "ipv4");
  return isIPv6(address) && globalIpv6.check(address, "ipv6") && !closed.check(address, "ipv6");
}
