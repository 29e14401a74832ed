/** The flush packet, which ends a list of lines. */
export const flushPacket = Buffer.from("0000");

/** The maximum payload of one line of git's protocol. */
export const maxPacketPayload = 65_516;

/** One line of git's protocol: its length in four hex digits, which include themselves, and the payload. */
export function encodePacket(payload: string | Uint8Array): Buffer {
  const bytes = Buffer.from(payload);
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, "0")), bytes]);
}
