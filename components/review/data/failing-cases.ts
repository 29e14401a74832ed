import { useMemo } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { useComparedChecks } from "../../checks/generation-checks.ts";
import { listFailingCases } from "../findings/list-failing-cases.ts";

const none: readonly ValidationIssue[] = [];

/** What fails of the head's checks in files of a comparison, as the checks come to their ends. */
export function useFailingCases({
  base,
  head,
  files,
}: {
  base: GenerationId;
  head: GenerationId;
  files: readonly ReviewFile[];
}): readonly ValidationIssue[] {
  const { data } = useComparedChecks({ base, head });
  return useMemo(() => (data === undefined ? none : listFailingCases({ items: data.items, files })), [data, files]);
}
