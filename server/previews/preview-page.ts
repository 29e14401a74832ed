/** Shown if a preview has no page of its own. */
export type PreviewPage = { status: number; title: string; text: string; refreshSeconds: number | null };

export const previewPages = {
  unknown: {
    status: 404,
    title: "No preview here",
    text: "It was stopped, or the address is wrong. Start the preview of the version in Graft again.",
    refreshSeconds: null,
  },
  starting: {
    status: 503,
    title: "The preview is starting",
    text: "This page reloads by itself. Graft shows the progress.",
    refreshSeconds: 1,
  },
  silent: {
    status: 504,
    title: "The program does not answer",
    text: "It accepted the request and sent nothing for two minutes. Its log in Graft may say why.",
    refreshSeconds: null,
  },
  broken: {
    status: 502,
    title: "The program closed the connection",
    text: "It sent no answer to the request. Its log in Graft may say why.",
    refreshSeconds: null,
  },
} as const satisfies Record<string, PreviewPage>;

export function renderPreviewPage({ title, text, refreshSeconds }: PreviewPage): string {
  const refresh = refreshSeconds === null ? "" : `<meta http-equiv="refresh" content="${refreshSeconds}">`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${refresh}<title>${title}</title><style>
:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;margin:0;padding:1rem;text-align:center}
</style></head><body><main><h1 style="font-size:1rem">${title}</h1><p>${text}</p></main></body></html>
`;
}
