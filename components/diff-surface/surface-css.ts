import { faintComment } from "#lib/code-theme.ts";
import { linePaintCss } from "./line-paint.ts";

/** Rules for the files' shadow roots, which the product's own style sheets do not reach. */
export const surfaceCss = [
  // Selected lines have the accent colour on their numbers and edge. A tinted background would reduce the contrast of
  // the text.
  ":host{--diffs-modified-color-override:var(--accent);--diffs-bg-selection-override:var(--accent-surface)}",
  "[data-line][data-selected-line]{box-shadow:inset 2px 0 0 var(--accent)}",
  `[style*="${faintComment.colour}"]{--diffs-token-light:${faintComment.instead}!important}`,
  // The minimum size of a target, in the product's colours.
  "[data-utility-button]{width:24px;height:24px;margin-block:calc((1lh - 24px) / 2);background:var(--accent);color:var(--accent-foreground)}",
  // The two buttons of a fold are stacked, each too low for a target; side by side they are large enough.
  "[data-separator-multi-button]{grid-template-columns:34px 34px auto!important;grid-template-rows:100%!important}",
  "[data-separator-multi-button] [data-expand-button]{grid-column:auto!important;grid-row:1!important}",
  "[data-separator-multi-button] [data-separator-content]{grid-area:1/3!important}",
  linePaintCss,
].join("");
