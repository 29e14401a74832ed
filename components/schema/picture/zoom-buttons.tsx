import { Maximize, Minus, Plus } from "lucide-react";
import { Button } from "../../ui/button.tsx";

/** The zoom controls of the picture. */
export function ZoomButtons({
  scale,
  onZoom,
  onFit,
  onFullSize,
}: {
  scale: number;
  onZoom: (direction: 1 | -1) => void;
  onFit: () => void;
  onFullSize: () => void;
}) {
  return (
    <div
      role="group"
      aria-label="Zoom"
      className="absolute right-4 bottom-4 flex items-center rounded-md border border-line-strong bg-raised"
    >
      <Button look="ghost" size="icon-sm" aria-label="Zoom out" onClick={() => onZoom(-1)}>
        <Minus aria-hidden />
      </Button>
      <Button look="ghost" size="sm" aria-label={`${Math.round(scale * 100)}%, full size`} onClick={onFullSize}>
        <span className="w-9 text-center tabular-nums">{Math.round(scale * 100)}%</span>
      </Button>
      <Button look="ghost" size="icon-sm" aria-label="Zoom in" onClick={() => onZoom(1)}>
        <Plus aria-hidden />
      </Button>
      <Button look="ghost" size="icon-sm" aria-label="Fit in window" onClick={onFit}>
        <Maximize aria-hidden />
      </Button>
    </div>
  );
}
