import type { EditConflict } from "#lib/contracts/runs/edit-plan.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { editHref } from "#lib/hrefs.ts";
import { Link } from "../ui/link.tsx";

/** The active version, to which the edit cannot be applied. */
export type ActiveVersion = { projectId: ProjectId; generationId: GenerationId; version: number };

/** The lines that an edit and the active version changed differently. Shown only; neither side is chosen. */
export function EditConflicts({
  conflicts,
  version,
  active: { version: headVersion, ...place },
}: {
  conflicts: EditConflict[];
  version: number;
  active: ActiveVersion;
}) {
  const reasons: Record<EditConflict["reason"], string> = {
    "changed-on-both-sides": `You and v${headVersion} changed the same lines differently.`,
    "changed-there": `v${headVersion} changed this file, which you delete.`,
    "gone-there": `v${headVersion} does not have this file any more.`,
    "added-there": `v${headVersion} has another file at this path.`,
    binary: `v${headVersion} changed this file too, and it has no lines that could be merged.`,
  };
  return (
    <section aria-label="Conflicts" className="flex flex-col gap-3">
      <p className="text-sm text-negative">
        Your edit does not fit onto v{headVersion} by itself. Nothing was changed.
      </p>
      {conflicts.map(({ path, reason, places }) => (
        <div key={path} className="rounded-md border text-sm">
          <p className="border-b bg-surface px-3 py-1.5">
            <span className="font-mono text-xs break-all">{path}</span>: {reasons[reason]}{" "}
            {(reason === "changed-on-both-sides" || reason === "added-there") && (
              <Link href={editHref({ ...place, path })} target="_blank" className="underline">
                Edit it in v{headVersion}, in a new tab
              </Link>
            )}
          </p>
          {places.map(({ line, base, ours, theirs }) => (
            <div key={line} className="grid border-b last:border-b-0 md:grid-cols-3">
              <Side name={`Yours, line ${line}`} text={ours} />
              <Side name={`v${headVersion}`} text={theirs} />
              <Side name={`Before, in v${version}`} text={base} />
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}

function Side({ name, text }: { name: string; text: string }) {
  return (
    <div className="min-w-0 border-b p-2 last:border-b-0 md:border-r md:border-b-0 md:last:border-r-0">
      <p className="text-xs text-muted">{name}</p>
      {/* Wrapped: the end of a line is often where the sides differ. */}
      <pre aria-label={name} role="region" className="mt-1 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
        {text === "" ? "(no line)" : text}
      </pre>
    </div>
  );
}
