import type { RunFailure } from "#lib/contracts/runs/run.ts";
import { factsOfError } from "#lib/errors.ts";
import { formatUsd } from "#lib/format-usd.ts";

export function failureTitle({ code, details }: Pick<RunFailure, "code" | "details">): string {
  if (code === "BUDGET_EXCEEDED" && typeof details?.["maximum"] === "number") {
    return details["limit"] === "runUsd"
      ? `Stopped at your limit of ${formatUsd(details["maximum"])}.`
      : `Stopped at the limit of ${details["maximum"]} model calls.`;
  }
  return factsOfError(code).title ?? "The run failed.";
}
