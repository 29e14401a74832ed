import { parseAsString, useQueryState } from "nuqs";
import { useRef, type RefObject } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { DiffSurfaceHandle } from "../diff-surface/surface-types.ts";
import { clampFileLines, findMovingEnd, formatFileLines, parseFileLines, spanLines } from "./file-lines.ts";

/** The selected lines of a file. They are stored in the address, for links and reloads. */
export function useLineChoice({
  surface,
  path,
  lineCount,
}: {
  surface: RefObject<DiffSurfaceHandle | null>;
  path: FilePath;
  lineCount: number;
}) {
  const [address, setAddress] = useQueryState("L", parseAsString);
  const named = parseFileLines(address);
  const lines = named === null ? null : clampFileLines({ lines: named, lineCount });
  const begunAt = useRef<number | null>(null);
  const choose = ({ from, to }: { from: number; to: number }) => {
    begunAt.current = from;
    void setAddress(formatFileLines(spanLines({ from, to })));
  };
  const clamp = (line: number) => Math.min(Math.max(line, 1), lineCount);
  /** A selection from a link starts at its first line. */
  const findStart = () => (lines === null ? null : begunAt.current === lines.last ? lines.last : lines.first);
  const keepInSight = (line: number) => surface.current?.scrollToLine({ id: path, line, align: "nearest" });
  return {
    lines,
    clear: () => void setAddress(null),
    /** From anywhere: shows context lines around it. */
    goTo: (line: number) => {
      choose({ from: line, to: line });
      surface.current?.scrollToLine({ id: path, line });
    },
    /** Selects a clicked line; `isExtended` extends the selection from its start. */
    point: ({ line, isExtended }: { line: number; isExtended: boolean }) =>
      choose({ from: (isExtended ? findStart() : null) ?? line, to: line }),
    /** Selects the next or previous line; the first visible one if none is selected. */
    step: (by: 1 | -1) => {
      const line = clamp(
        lines === null ? (surface.current?.findTopLine(path) ?? 1) : (by === 1 ? lines.last : lines.first) + by,
      );
      choose({ from: line, to: line });
      keepInSight(line);
    },
    /** Moves the end opposite the selection's start by one line. */
    grow: (by: 1 | -1) => {
      const from = findStart();
      if (lines === null || from === null) return;
      const to = clamp(findMovingEnd({ lines, from }) + by);
      choose({ from, to });
      keepInSight(to);
    },
  };
}
