import type { ContextReceipt } from "#lib/contracts/runs/context-receipt.ts";
import { formatTokens } from "#lib/format-amount.ts";

/** "6 files in full, 2 in part, 214 by name; about 8.1k of 32k tokens". */
export function describeReceipt({ shown, namedCount, estimate, budgetTokens }: ContextReceipt): string {
  const count = (depth: string) => shown.filter((file) => file.depth === depth).length;
  const parts = [
    `${count("full")} ${count("full") === 1 ? "file" : "files"} in full`,
    ...(count("part") > 0 ? [`${count("part")} in part`] : []),
    ...(count("withheld") > 0 ? [`${count("withheld")} withheld`] : []),
    `${namedCount} by name`,
  ];
  return `${parts.join(", ")}; about ${formatTokens(estimate.inputTokens)} of ${formatTokens(budgetTokens)} tokens`;
}
