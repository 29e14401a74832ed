import { CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import type { BriefFact, BriefOutput } from "#lib/contracts/comparisons/brief.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { ExpandableText } from "../ui/text/expandable-text.tsx";
import { describeUndoneSteps } from "./describe-steps.ts";

/** The target of a place in the brief: the review scrolls and filters, a page links. */
type BriefLinks = {
  renderPath: (path: FilePath, text: ReactNode) => ReactNode;
  renderFact: (fact: BriefFact) => ReactNode;
};

/** The whole brief: summary, facts, risks, plan, and where to start. Empty parts are omitted. */
export function BriefDetails({
  brief: { summary, prompts, facts, plan = [], risks, readFirst },
  showsPrompts,
  continueSteps = null,
  schema = null,
  links: { renderPath, renderFact },
}: {
  brief: BriefOutput;
  /** For a comparison; a version's page shows its prompt already. */
  showsPrompts: boolean;
  /** The action for steps that were not done. */
  continueSteps?: ReactNode;
  /** The changes of the schema; renders nothing if there are none. */
  schema?: ReactNode;
  links: BriefLinks;
}) {
  const undone = describeUndoneSteps(plan);
  return (
    <div className="flex flex-col gap-2 text-sm">
      {summary !== undefined && (
        <Part title="What the model said">
          <ExpandableText text={summary} />
        </Part>
      )}
      {showsPrompts && prompts.length > 0 && (
        <Part title={prompts.length === 1 ? "Prompt" : `${prompts.length} prompts between`}>
          <ol className="list-decimal pl-5">
            {prompts.map((prompt, index) => (
              <li key={index} className="max-w-3xl truncate" title={prompt}>
                {prompt}
              </li>
            ))}
          </ol>
        </Part>
      )}
      {facts.length > 0 && (
        <Part title="Facts">
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {facts.map((fact) => (
              <li key={fact.text} className="min-w-0 break-words">
                {renderFact(fact)}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {schema}
      {risks.length > 0 && (
        <Part title={risks.length === 1 ? "1 risk" : `${risks.length} risks`}>
          <ul className="flex flex-col gap-1">
            {risks.map(({ text, path, line }, index) => (
              <li key={index} className="min-w-0 break-words">
                {path !== undefined && <>{renderPath(path, `${path}${line === undefined ? "" : `:${line}`}`)}: </>}
                {text}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {plan.length > 0 && (
        <Part title="Plan">
          {undone !== null && (
            <div className="flex flex-wrap items-center gap-2">
              <p className="min-w-0 text-caution">{undone}</p>
              {continueSteps}
            </div>
          )}
          <ul>
            {plan.map(({ step, isDone }) => (
              <li key={step} className="flex min-w-0 items-start gap-1.5">
                {isDone ? (
                  <CircleCheck aria-label="Done" className="mt-0.5 size-4 shrink-0 text-positive" />
                ) : (
                  <CircleDashed aria-label="Not done" className="mt-0.5 size-4 shrink-0 text-caution" />
                )}
                <span className="min-w-0 break-words">{step}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {readFirst.length > 1 && (
        <Part title="Read first">
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {readFirst.map((path) => (
              <li key={path} className="min-w-0">
                {renderPath(path, path)}
              </li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-3 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
      <h3 className="text-muted">{title}</h3>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
