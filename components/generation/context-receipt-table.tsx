import type { ContextReceipt, ContextVisibility } from "#lib/contracts/run.ts";
import { formatTokens } from "#lib/format-amount.ts";

const visibilityWords: Record<ContextVisibility, string> = {
  full: "in full",
  outline: "in outline",
  name: "by name",
  withheld: "withheld",
};

/** What the model was shown of the parent, file by file, and how much of the budget that took. */
export function ContextReceiptTable({ receipt }: { receipt: ContextReceipt }) {
  const count = (visibility: ContextVisibility) =>
    receipt.files.filter((file) => file.visibility === visibility).length;
  return (
    <details className="rounded-md border">
      <summary className="rounded-md bg-surface px-3 py-2 text-sm">
        <span className="font-medium">What the model saw</span>
        <span className="text-muted">
          {": "}
          {count("full")} files in full, {count("outline")} in outline, {count("name")} by name
          {count("withheld") > 0 && `, ${count("withheld")} withheld`}; about {formatTokens(receipt.usedTokens)} of{" "}
          {formatTokens(receipt.budgetTokens)} tokens
        </span>
      </summary>
      <div
        role="region"
        aria-label="Files that the model saw"
        tabIndex={0}
        className="max-h-96 overflow-auto border-t -outline-offset-2"
      >
        <table className="w-full text-left text-sm">
          <thead className="text-xs text-muted">
            <tr className="border-b">
              <th className="px-3 py-1.5 font-medium">File</th>
              <th className="px-3 py-1.5 font-medium">Shown</th>
              <th className="px-3 py-1.5 text-right font-medium">Tokens</th>
              <th className="px-3 py-1.5 font-medium max-md:hidden">Why</th>
            </tr>
          </thead>
          <tbody>
            {receipt.files.map(({ path, visibility, tokens, reason }) => (
              <tr key={path} className="border-b last:border-b-0">
                <td className="px-3 py-1 font-mono text-xs break-all">{path}</td>
                <td className="px-3 py-1 text-xs whitespace-nowrap">{visibilityWords[visibility]}</td>
                <td className="px-3 py-1 text-right text-xs tabular-nums">{tokens}</td>
                <td className="px-3 py-1 text-xs text-muted max-md:hidden">{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
