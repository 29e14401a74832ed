/** The path that the user opened in previewed pages, and how many times they opened one. Two previews may share it. */
export type PreviewPlace = { path: string; visits: number };

/**
 * Reads the user's input as a path of a preview. Null for an address on another host, which the frame must not open.
 */
export function readPreviewPath({ typed, url }: { typed: string; url: string }): string | null {
  const text = typed.trim();
  const isWhole = /^[a-z][a-z\d+.-]*:/i.test(text) || text.startsWith("//");
  const place = parse({ text: isWhole || /^[/?#]/.test(text) ? text : `/${text}`, url });
  if (place === null || place.origin !== new URL(url).origin) return null;
  return `${place.pathname}${place.search}${place.hash}`;
}

/**
 * The URL of a path read by `readPreviewPath`. Concatenated, because resolving the path `//host` would change the host.
 */
export function toPreviewUrl({ path, url }: { path: string; url: string }): string {
  return `${new URL(url).origin}${path}`;
}

function parse({ text, url }: { text: string; url: string }): URL | null {
  try {
    return new URL(text, url);
  } catch {
    return null;
  }
}
