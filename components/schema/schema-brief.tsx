"use client";

import { useQuery } from "@tanstack/react-query";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { schemaHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Link } from "../ui/link.tsx";
import { cn } from "../ui/class-names.ts";
import { describeSchemaDiff } from "./describe-schema-diff.ts";
import { ChangedPicture } from "./picture/changed-picture.tsx";

/** Further lines are on the schema's own page. */
const maxLines = 8;

/** The schema differences between two versions, as a list and a small picture; renders nothing if there are none. */
export function SchemaBrief({
  projectId,
  base,
  head,
}: {
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationId;
}) {
  const trpc = useTRPC();
  const { data: brief } = useQuery(
    trpc.generation.schemaBrief.queryOptions(
      { generationId: head, againstGenerationId: base },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  if (brief === undefined) return null;
  const lines = describeSchemaDiff(brief.diff);
  if (lines.length === 0) return null;
  return (
    <div className="grid gap-x-3 text-sm sm:grid-cols-[8.5rem_minmax(0,1fr)]">
      <h3 className="text-muted">Schema</h3>
      <div className="flex min-w-0 flex-wrap gap-3">
        {brief.before.entities.length + brief.after.entities.length > 0 && <ChangedPicture brief={brief} />}
        <div className="min-w-52 flex-1 text-xs">
          <ul aria-label="What changed in the schema" className="flex flex-col gap-0.5">
            {lines.slice(0, maxLines).map(({ text, isDestructive }) => (
              <li key={text} className={cn("font-mono break-words", isDestructive && "text-caution")}>
                {text}
              </li>
            ))}
          </ul>
          <Link href={schemaHref({ projectId, generationId: head })} className="mt-1 inline-block leading-6 underline">
            {lines.length > maxLines ? `All ${lines.length} changes in the schema` : "Open the schema"}
          </Link>
        </div>
      </div>
    </div>
  );
}
