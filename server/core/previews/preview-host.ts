/**
 * The host name of a preview. Each has its own, so that previews share no cookies or storage with each other or with
 * Graft. Browsers resolve all names below `localhost` to this host.
 */
export function previewHost({ version, token }: { version: number; token: string }): string {
  return `v${version}-${token}.localhost`;
}

/** The token in a request's Host header; null if it is not a preview's. */
export function readPreviewToken(host: string | undefined): string | null {
  return /^v\d{1,9}-([0-9a-f]{32})\.localhost(?::\d{1,5})?$/i.exec(host ?? "")?.[1]?.toLowerCase() ?? null;
}
