import { useStoredText } from "./hooks/stored-text.ts";

export const codeFontSizesPx = [12, 13, 14, 16] as const;
export const tabSizes = [2, 4, 8] as const;
export const densities = ["normal", "compact"] as const;

type CodeLook = {
  fontSizePx: (typeof codeFontSizesPx)[number];
  tabSize: (typeof tabSizes)[number];
  density: (typeof densities)[number];
};

/** The line height follows the font size: room for accents, and 20 px at the default size. */
const lineHeights: Record<CodeLook["density"], number> = { normal: 20 / 13, compact: 17 / 13 };

/** The appearance of code in this browser, everywhere. */
export function useCodeLook(): [
  look: CodeLook & { lineHeightPx: number },
  change: (change: Partial<CodeLook>) => void,
] {
  const [fontSize, setFontSize] = useStoredText("graft.code.font-size");
  const [tab, setTab] = useStoredText("graft.code.tab-size");
  const [storedDensity, setDensity] = useStoredText("graft.code.density");
  const fontSizePx = codeFontSizesPx.find((size) => String(size) === fontSize) ?? 13;
  const tabSize = tabSizes.find((size) => String(size) === tab) ?? 4;
  const density = densities.find((name) => name === storedDensity) ?? "normal";
  const change = (next: Partial<CodeLook>) => {
    if (next.fontSizePx !== undefined) setFontSize(String(next.fontSizePx));
    if (next.tabSize !== undefined) setTab(String(next.tabSize));
    if (next.density !== undefined) setDensity(next.density);
  };
  return [{ fontSizePx, tabSize, density, lineHeightPx: Math.round(fontSizePx * lineHeights[density]) }, change];
}
