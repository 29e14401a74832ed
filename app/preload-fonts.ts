import { preload } from "react-dom";

/**
 * The two fonts of nearly all text, preloaded with the page: text rendered before its font arrives is laid out twice.
 */
const fontUrls = [
  new URL("@fontsource-variable/geist/files/geist-latin-wght-normal.woff2", import.meta.url),
  new URL("@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2", import.meta.url),
];

export function preloadFonts(): void {
  for (const { pathname } of fontUrls) preload(pathname, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
}
