import type { ProjectOutput } from "#lib/contracts/projects/project.ts";
import { runHref } from "#lib/hrefs.ts";
import { cn } from "../ui/class-names.ts";
import { Link } from "../ui/link.tsx";

/** "2 runs wait for you", until each is decided; links to the newest. Renders nothing if none waits. */
export function WaitingRuns({
  project: { projectId, waitingRuns },
  className,
}: {
  project: Pick<ProjectOutput, "projectId" | "waitingRuns">;
  className?: string;
}) {
  if (waitingRuns === null) return null;
  const { count, newestRunId } = waitingRuns;
  return (
    <Link
      href={runHref({ projectId, runId: newestRunId })}
      className={cn(
        "inline-flex h-6 shrink-0 items-center rounded-sm bg-caution-surface px-2 text-xs font-medium text-caution hover:underline",
        className,
      )}
    >
      {count === 1 ? "1 run waits for you" : `${count} runs wait for you`}
    </Link>
  );
}
