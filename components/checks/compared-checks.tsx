import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { checksHref } from "#lib/hrefs.ts";
import { Badge } from "../ui/badge.tsx";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";
import { describeCompared } from "./describe-compared.ts";
import { useComparedChecks } from "./generation-checks.ts";

/**
 * The check results of a version compared with the other side of a comparison, and a link to them. Optional: renders
 * nothing while it loads, if it fails, and for a project without checks.
 */
export function ComparedChecks({
  projectId,
  base,
  head,
  isAgainstParent,
}: {
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationId;
  isAgainstParent: boolean;
}) {
  const { data } = useComparedChecks({ base, head });
  const parts = data === undefined ? [] : describeCompared(data);
  if (data === undefined || parts.length === 0) return null;
  const failing = data.items.flatMap(({ newFailures }) => newFailures.map(({ name }) => name));
  return (
    <Link
      href={checksHref({ projectId, generationId: head, ...(isAgainstParent ? {} : { against: base }) })}
      title={failing.join("\n")}
      className="flex h-8 min-w-0 shrink-0 items-center gap-1.5 px-3 text-sm -outline-offset-2 hover:bg-hover max-sm:max-w-[60%]"
    >
      <span className="text-muted max-sm:sr-only">Checks</span>
      {parts.map(({ text, tone }, index) => (
        <Badge key={text} tone={tone} className={cn("min-w-0 shrink", index > 0 && "max-sm:sr-only")}>
          <span className="truncate">{text}</span>
        </Badge>
      ))}
    </Link>
  );
}
