import type { LeftOutEntry } from "#lib/contracts/projects/project-import.ts";
import { formatCount } from "#lib/format-count.ts";
import { describeFiles, reasonWords } from "./left-out-words.ts";

/** Further rows are only counted. */
const maxRows = 200;

/** The skipped entries of an import, with reasons. */
export function LeftOutList({ entries }: { entries: readonly LeftOutEntry[] }) {
  return (
    <ul className="flex flex-col text-sm">
      {entries.slice(0, maxRows).map(({ path, reason, message, ...amount }) => (
        <li key={`${reason} ${path}`} className="flex flex-wrap gap-x-3 border-b py-1 last:border-b-0">
          <span className="min-w-0 flex-1 basis-40 font-mono text-xs break-all">{path}</span>
          <span className="text-muted">{message ?? reasonWords[reason]}</span>
          {amount.fileCount > 0 && <span className="text-faint">{describeFiles(amount)}</span>}
        </li>
      ))}
      {entries.length > maxRows && (
        <li className="py-1 text-muted">and {formatCount(entries.length - maxRows)} more</li>
      )}
    </ul>
  );
}
