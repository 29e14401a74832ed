/**
 * For bytes that Graft did not make. Browsers must not sniff another type, and a direct visit has no permissions. The
 * bytes of an address never change.
 */
export const inertHeaders = {
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "private, max-age=31536000, immutable",
} as const;
