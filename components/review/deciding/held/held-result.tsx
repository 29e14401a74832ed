import { useQuery } from "@tanstack/react-query";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../../../ui/button.tsx";
import { ModifierKeyHint } from "../../../ui/keys/key-hint.tsx";
import { DecisionResult } from "../decision-result.tsx";
import { describeResult } from "./describe-result.ts";
import type { HeldDecisions } from "./held-decisions.ts";

/** The result of the decisions on a held run, as it would be saved. */
export function HeldResult({
  projectId,
  decided,
  onShow,
}: {
  projectId: ProjectId;
  decided: HeldDecisions;
  onShow: (path: FilePath) => void;
}) {
  const trpc = useTRPC();
  const { data: project } = useQuery(trpc.project.get.queryOptions({ projectId }));
  const { counts, problems, isChecking, isDecided, isEmpty, asksAgain, canContinue, isPending } = decided;
  const version = project === undefined ? "" : ` as v${project.generationCount + 1}`;
  const faults =
    problems.length === 0 ? "" : ` with ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  return (
    <DecisionResult
      text={describeResult({ counts, problems, isChecking })}
      hint={describeNext({ asksAgain, canContinue, isEmpty })}
      problems={problems}
      errors={[{ error: decided.error }, { error: decided.checkError, onRetry: decided.checkAgain }]}
      onShow={onShow}
    >
      {canContinue && (
        <Button isPending={isPending} disabled={!isDecided || isEmpty} onClick={decided.save}>
          Save without the rest
        </Button>
      )}
      <Button
        look="primary"
        isPending={isPending}
        disabled={!isDecided || (isEmpty && !canContinue && !asksAgain)}
        onClick={decided.finish}
      >
        {asksAgain ? "Ask again" : canContinue ? "Continue with what is missing" : `Save${version}${faults}`}
      </Button>
      <span className="max-md:hidden">
        <ModifierKeyHint name="Enter" />
      </span>
    </DecisionResult>
  );
}

function describeNext({
  asksAgain,
  canContinue,
  isEmpty,
}: {
  asksAgain: boolean;
  canContinue: boolean;
  isEmpty: boolean;
}): string {
  if (asksAgain) return "The model does those files again; the rest stays as decided here.";
  if (canContinue) return "A new run starts with these files and makes only what is missing.";
  return isEmpty
    ? "Nothing is taken, so there is nothing to save."
    : "Saves what you took; all other files stay as they were.";
}
