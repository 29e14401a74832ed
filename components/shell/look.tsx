"use client";

import { useEffect } from "react";
import { useCodeLook } from "../ui/code-look.ts";
import { useReducedMotion } from "../ui/hooks/reduced-motion.ts";

/** Applies this browser's appearance settings to the page as CSS variables and attributes. */
export function Look() {
  const [{ fontSizePx, lineHeightPx, tabSize }] = useCodeLook();
  const [isMotionReduced] = useReducedMotion();
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty("--code-font-size", `${fontSizePx}px`);
    style.setProperty("--code-line-height", `${lineHeightPx}px`);
    style.setProperty("--code-tab-size", String(tabSize));
  }, [fontSizePx, lineHeightPx, tabSize]);
  useEffect(() => {
    document.documentElement.toggleAttribute("data-still", isMotionReduced);
  }, [isMotionReduced]);
  return null;
}
