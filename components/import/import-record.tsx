import type { ImportRecord } from "#lib/contracts/projects/project-import.ts";
import { formatCount } from "#lib/format-count.ts";
import { LeftOutList } from "./left-out-list.tsx";
import { RenamedList } from "./renamed-list.tsx";

/** What an import changed compared with its archive; renders nothing if it changed nothing. */
export function ImportRecordSection({ record }: { record: ImportRecord }) {
  const { topFolder, leftOut, renamed } = record;
  if (topFolder === null && leftOut.length === 0 && renamed.length === 0) return null;
  return (
    <section aria-labelledby="import-record" className="flex flex-col gap-2">
      <h2 id="import-record" className="font-medium">
        What the import changed
      </h2>
      {topFolder !== null && (
        <p className="text-sm text-muted">
          The folder <code className="font-mono text-xs break-all">{topFolder}/</code> that held everything was taken
          off.
        </p>
      )}
      {leftOut.length > 0 && (
        <details className="text-sm">
          <summary className="min-h-6 cursor-pointer">
            {leftOut.length === 1 ? "1 entry was left out" : `${formatCount(leftOut.length)} entries were left out`}
          </summary>
          <div className="mt-1 max-h-80 overflow-y-auto">
            <LeftOutList entries={leftOut} />
          </div>
        </details>
      )}
      {renamed.length > 0 && (
        <details className="text-sm">
          <summary className="min-h-6 cursor-pointer">
            {renamed.length === 1 ? "1 file was renamed" : `${formatCount(renamed.length)} files were renamed`}
          </summary>
          <div className="mt-1 max-h-80 overflow-y-auto">
            <RenamedList renamed={renamed} />
          </div>
        </details>
      )}
    </section>
  );
}
