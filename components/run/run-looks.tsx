import { formatTokens } from "./format-amount.ts";
import type { RunView } from "./run-progress.ts";

/** What the model was given and what it looked at by itself. */
export function RunLooks({ view }: { view: RunView }) {
  const { receipt, looks, parentFileCount, codeSchema, plan } = view;
  if (receipt === null && plan.length === 0 && looks.length === 0) return null;
  const count = (visibility: string) => receipt?.files.filter((file) => file.visibility === visibility).length ?? 0;
  return (
    <>
      {plan.length > 0 && (
        <section aria-labelledby="run-plan" className="rounded-md border">
          <h2 id="run-plan" className="flex h-9 items-center border-b bg-surface px-3 text-sm font-medium">
            Plan
          </h2>
          <ol className="max-h-72 list-decimal overflow-y-auto py-2 pr-3 pl-8 text-sm marker:text-faint">
            {plan.map((item, index) => (
              <li key={index}>{item.replace(/^(?:[-*]|\d+[.)])\s+/, "")}</li>
            ))}
          </ol>
        </section>
      )}
      <section aria-labelledby="run-looks" className="rounded-md border">
        <h2 id="run-looks" className="flex h-9 items-center border-b bg-surface px-3 text-sm font-medium">
          What the model saw
        </h2>
        <div className="flex flex-col gap-2 px-3 py-2 text-sm">
          {parentFileCount === 0 ? (
            <p className="text-muted">The prompt. There is no parent to read.</p>
          ) : (
            receipt !== null && (
              <p className="text-muted">
                {count("full")} files in full, {count("outline")} in outline, {count("name")} by name; about {formatTokens(receipt.usedTokens)} of {formatTokens(receipt.budgetTokens)}{" "}
                tokens.
              </p>
            )
          )}
          {codeSchema !== null && (
            <p className="text-muted">
              Schema: {codeSchema.entities} entities, {codeSchema.routes} routes.
            </p>
          )}
          {looks.length > 0 && (
            <ul className="max-h-72 overflow-y-auto border-t pt-2 font-mono text-xs text-muted">
              {looks.map((look, index) => (
                <li key={index} className="py-0.5 break-words">
                  {look}
                </li>
              ))}
            </ul>
          )}
        </div>
      </section>
    </>
  );
}
