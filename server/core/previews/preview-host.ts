/**
 * The host name of a preview. Each has one of its own, so that no two share cookies or storage, with each other or with
 * Graft; browsers take all names below `localhost` for this machine.
 */
export function previewHost({ version, token }: { version: number; token: string }): string {
  return `v${version}-${token}.localhost`;
}

/** The token that a request's Host header names; null where it is no preview's. */
export function readPreviewToken(host: string | undefined): string | null {
  return /^v\d{1,9}-([0-9a-f]{32})\.localhost(?::\d{1,5})?$/i.exec(host ?? "")?.[1]?.toLowerCase() ?? null;
}
