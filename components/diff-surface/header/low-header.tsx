import type { ReactNode } from "react";
import { lowHeaderHeightPx } from "../surface-view.ts";

/** The header of a surface with one file, whose path stands above the surface. */
export function LowHeader({ children }: { children: ReactNode }) {
  return (
    <div
      className="flex items-center gap-2 border-b bg-surface px-3 text-xs whitespace-nowrap text-muted"
      style={{ height: lowHeaderHeightPx }}
    >
      {children}
    </div>
  );
}
