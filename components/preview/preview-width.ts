import { useStoredText } from "../ui/hooks/stored-text.ts";
import type { ChoiceOption } from "../ui/choice.tsx";

type PreviewWidth = "full" | "768" | "390";

export const widthOptions: readonly ChoiceOption<PreviewWidth>[] = [
  { value: "full", label: "Full", description: "As wide as its place" },
  { value: "768", label: "768", description: "As wide as a tablet, 768 px" },
  { value: "390", label: "390", description: "As wide as a phone, 390 px" },
];

/** The width of previewed pages in this browser; `px` is null for the available width. */
export function usePreviewWidth(): { width: PreviewWidth; px: number | null; setWidth: (width: PreviewWidth) => void } {
  const [stored, setStored] = useStoredText("graft.preview.width");
  const width = stored === "768" || stored === "390" ? stored : "full";
  return {
    width,
    px: width === "full" ? null : Number(width),
    setWidth: (next) => setStored(next === "full" ? null : next),
  };
}
