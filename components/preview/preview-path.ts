/** Where in previewed pages a person went, and how often. Two previews may share one. */
export type PreviewPlace = { path: string; visits: number };

/**
 * What a person typed as a place of a preview, as a path of it; null for a place of another host, which a preview's
 * frame is not for.
 */
export function readPreviewPath({ typed, url }: { typed: string; url: string }): string | null {
  const text = typed.trim();
  const isWhole = /^[a-z][a-z\d+.-]*:/i.test(text) || text.startsWith("//");
  const place = parse({ text: isWhole || /^[/?#]/.test(text) ? text : `/${text}`, url });
  if (place === null || place.origin !== new URL(url).origin) return null;
  return `${place.pathname}${place.search}${place.hash}`;
}

/** The address of a path that was read. Put together and not resolved: `//host` is a path, and would be a host. */
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
