import type { ProjectId } from "#lib/contracts/ids.ts";
import { historyHref } from "#lib/hrefs.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { buttonClass } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";

/** Why a version cannot be shown; for one that does not exist, with a link to those that do. */
export function VersionError({
  projectId,
  error,
  onRetry,
}: {
  projectId: ProjectId;
  error: unknown;
  onRetry: () => void;
}) {
  const action =
    readAppError(error).code === "GENERATION_NOT_FOUND" ? (
      <Link href={historyHref(projectId)} className={buttonClass({ size: "sm" })}>
        History
      </Link>
    ) : undefined;
  return <ErrorState error={error} onRetry={onRetry} action={action} />;
}
