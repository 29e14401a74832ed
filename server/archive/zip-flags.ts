/** The supported bits of an entry's general purpose flag. */
export const zipFlags = {
  encrypted: 0x0001,
  /** The sizes and the checksum follow the content; the local header may omit them. */
  descriptor: 0x0008,
  patched: 0x0020,
  strongEncryption: 0x0040,
  utf8: 0x0800,
  maskedHeaders: 0x2000,
} as const;

export const anyEncryption = zipFlags.encrypted | zipFlags.strongEncryption | zipFlags.maskedHeaders;
