import { Check, Circle } from "lucide-react";
import { describeReceipt } from "../../generation/describe-receipt.ts";
import { followPlan } from "./plan-progress.ts";
import type { RunView } from "./run-progress.ts";

/** What the model was given and what it read. */
export function RunInputs({ view }: { view: RunView }) {
  const { receipt, lookups, parentFileCount, codeSchema, plan } = view;
  if (receipt === null && plan.length === 0 && lookups.length === 0) return null;
  return (
    <>
      {plan.length > 0 && (
        <section aria-labelledby="run-plan" className="rounded-md border">
          <h2 id="run-plan" className="flex h-9 items-center border-b bg-surface px-3 text-sm font-medium">
            Plan
          </h2>
          <ol aria-label="Plan" className="max-h-72 overflow-y-auto px-3 py-2 text-sm">
            {followPlan(view).map(({ text, isDone }, index) => (
              <li key={index} className="flex items-start gap-2 py-0.5">
                {isDone ? (
                  <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-positive" />
                ) : (
                  <Circle aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
                )}
                <span className="min-w-0 flex-1 break-words">
                  {text.split(/`([^`]+)`/).map((part, at) =>
                    at % 2 === 1 ? (
                      <code key={at} className="font-mono text-xs">
                        {part}
                      </code>
                    ) : (
                      part
                    ),
                  )}
                </span>
                <span className="sr-only">{isDone ? "done" : "open"}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section aria-labelledby="run-inputs" className="rounded-md border">
        <h2 id="run-inputs" className="flex h-9 items-center border-b bg-surface px-3 text-sm font-medium">
          Context sent
        </h2>
        <div className="flex flex-col gap-2 px-3 py-2 text-sm">
          {parentFileCount === 0 ? (
            <p className="text-muted">The prompt. There is no parent to read.</p>
          ) : (
            receipt !== null && <p className="text-muted">{describeReceipt(receipt)}</p>
          )}
          {codeSchema !== null && (
            <p className="text-muted">
              Schema: {codeSchema.entities} entities, {codeSchema.routes} routes.
            </p>
          )}
          {lookups.length > 0 && (
            <ul className="max-h-72 overflow-y-auto border-t pt-2 font-mono text-xs text-muted">
              {lookups.map((lookup, index) => (
                <li key={index} className="py-0.5 break-words">
                  {lookup}
                </li>
              ))}
            </ul>
          )}
        </div>
      </section>
    </>
  );
}
