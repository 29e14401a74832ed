import { laneColour } from "./lane-colour.ts";
import type { LaneRow } from "./lay-out-lanes.ts";

const laneWidthPx = 12;
const dotRadiusPx = 4;

/** One row's part of the graph. Hidden from screen readers, because words beside it say the same. */
export function LaneGraph({ row, heightPx, isActive }: { row: LaneRow; heightPx: number; isActive: boolean }) {
  const x = (lane: number) => lane * laneWidthPx + laneWidthPx / 2 + 2;
  const middle = heightPx / 2;
  const curve = ({ from, to, y1, y2 }: { from: number; to: number; y1: number; y2: number }) =>
    `M ${x(from)} ${y1} C ${x(from)} ${(y1 + y2) / 2}, ${x(to)} ${(y1 + y2) / 2}, ${x(to)} ${y2}`;
  return (
    <svg aria-hidden width={row.laneCount * laneWidthPx + 6} height={heightPx} className="shrink-0">
      {row.passing.map(({ from, to }) => (
        <path
          key={`p${from}`}
          d={curve({ from, to, y1: 0, y2: heightPx })}
          fill="none"
          stroke={laneColour(to)}
          strokeWidth={1.5}
        />
      ))}
      {row.up.map((lane) => (
        <path
          key={`u${lane}`}
          d={curve({ from: lane, to: row.lane, y1: 0, y2: middle })}
          fill="none"
          stroke={laneColour(lane)}
          strokeWidth={1.5}
        />
      ))}
      {row.down.map((lane) => (
        <path
          key={`d${lane}`}
          d={curve({ from: row.lane, to: lane, y1: middle, y2: heightPx })}
          fill="none"
          stroke={laneColour(Math.max(lane, row.lane))}
          strokeWidth={1.5}
        />
      ))}
      <circle
        cx={x(row.lane)}
        cy={middle}
        r={dotRadiusPx}
        fill={isActive ? laneColour(row.lane) : "var(--background)"}
        stroke={laneColour(row.lane)}
        strokeWidth={2}
      />
    </svg>
  );
}
