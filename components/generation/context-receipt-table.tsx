import type { ContextDepth, ContextReceipt, ShownFile } from "#lib/contracts/runs/context-receipt.ts";
import { formatCount } from "#lib/format-count.ts";
import { formatUsd } from "#lib/format-usd.ts";
import { describeReceipt } from "./describe-receipt.ts";

const depthWords: Record<ContextDepth, string> = {
  full: "in full",
  part: "in part",
  outline: "in outline",
  withheld: "withheld",
};

/** What was sent with the prompt: the files with reasons, and the tokens of each part of the request. */
export function ContextReceiptTable({ receipt }: { receipt: ContextReceipt }) {
  return (
    <details className="rounded-md border">
      <summary className="rounded-md bg-surface px-3 py-2 text-sm">
        <span className="font-medium">Context sent</span>
        <span className="text-muted">: {describeReceipt(receipt)}</span>
      </summary>
      <ReceiptDetails receipt={receipt} label="Context sent" />
    </details>
  );
}

/** The files of a receipt with the reason for each, and the tokens of the request's parts. */
export function ReceiptDetails({ receipt, label }: { receipt: ContextReceipt; label: string }) {
  const { parts, shown, nextBest, estimate } = receipt;
  return (
    <div role="region" aria-label={label} tabIndex={0} className="max-h-96 overflow-auto border-t -outline-offset-2">
      <p className="border-b px-3 py-2 text-xs text-muted">
        {parts.map(({ name, tokens }) => `${name} ${formatCount(tokens)}`).join(" · ")} tokens
        {estimate.costUsd === undefined ? "" : `, about ${formatUsd(estimate.costUsd)} for the first call`}
      </p>
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
          {shown.map((file) => (
            <tr key={file.path} className="border-b last:border-b-0">
              <td className="min-w-56 px-3 py-1 font-mono text-xs wrap-anywhere max-md:min-w-40">{file.path}</td>
              <td className="px-3 py-1 text-xs whitespace-nowrap">{describeDepth(file)}</td>
              <td className="px-3 py-1 text-right text-xs tabular-nums">{formatCount(file.tokens)}</td>
              <td className="px-3 py-1 text-xs text-muted max-md:hidden">{file.reason}</td>
            </tr>
          ))}
          {nextBest.map(({ path, reason }) => (
            <tr key={path} className="border-b text-muted last:border-b-0">
              <td className="min-w-56 px-3 py-1 font-mono text-xs wrap-anywhere max-md:min-w-40">{path}</td>
              <td className="px-3 py-1 text-xs whitespace-nowrap">just below</td>
              <td className="px-3 py-1 text-right text-xs">–</td>
              <td className="px-3 py-1 text-xs max-md:hidden">{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function describeDepth({ depth, lines }: ShownFile): string {
  if (lines === undefined || lines.length === 0) return depthWords[depth];
  const ranges = lines.map(({ first, last }) => `${first}–${last}`);
  return `lines ${ranges.slice(0, 3).join(", ")}${ranges.length > 3 ? ` and ${ranges.length - 3} more` : ""}`;
}
