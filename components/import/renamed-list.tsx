import type { ImportRecord } from "#lib/contracts/projects/project-import.ts";
import { formatCount } from "#lib/format-count.ts";

/** Further rows are only counted. */
const maxRows = 200;

/** The names that an import changed. */
export function RenamedList({ renamed }: { renamed: ImportRecord["renamed"] }) {
  return (
    <ul className="flex flex-col gap-1 font-mono text-xs break-all">
      {renamed.slice(0, maxRows).map(({ from, to }) => (
        <li key={from}>
          {from} → {to}
        </li>
      ))}
      {renamed.length > maxRows && <li className="text-muted">and {formatCount(renamed.length - maxRows)} more</li>}
    </ul>
  );
}
