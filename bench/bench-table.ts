/** One line of the report: Graft's figure, and its yardstick's from the same process run. */
export type BenchRow = { name: string; graft: string; yardstick: string; note: string };

/** Prints rows as an aligned table; `header` names the columns and gives their order. */
export function printTable<Row extends Record<string, string>>(header: Row, rows: readonly Row[]): void {
  const columns: (keyof Row)[] = Object.keys(header);
  const widths = columns.map((column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  for (const row of [header, ...rows])
    console.log(
      columns
        .map((column, index) => (row[column] ?? "").padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

export function formatMs(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;
}

export function formatBytes(bytes: number): string {
  return bytes < 10_000 ? `${Math.round(bytes)} B` : `${(bytes / 1_000).toFixed(0)} kB`;
}
