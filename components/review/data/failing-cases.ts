import { useMemo } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { useComparedChecks } from "../../checks/generation-checks.ts";
import { listFailingCases } from "../findings/list-failing-cases.ts";

const none: readonly ValidationIssue[] = [];

/** Failing checks of the head in files of the comparison, as the checks end. */
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
