import { AppError } from "#lib/errors.ts";
import { describeProposals } from "#lib/describe-proposals.ts";
import type { OperationFailure } from "#server/core/change-set/operation-failure.ts";
import type { WithChangeSet } from "./stages/generate-changes.ts";

/** More parts than these do not fit in a sentence; the run's screen lists all. */
const maxNamedParts = 5;

export function noChanges(proposal: WithChangeSet): AppError {
  if (proposal.outOfScope.length > 0) {
    const paths = [
      ...new Set(
        proposal.outOfScope.map(({ operation }) => (operation.type === "move" ? operation.source : operation.path)),
      ),
    ];
    return new AppError({
      code: "SCOPE_VIOLATION",
      message: `The model only proposed changes outside the files that you allowed (${paths.slice(0, 5).join(", ")}), so none was applied. Look at them and apply what you want, widen the limit, or ask for something inside it.`,
      details: { paths },
    });
  }
  const notDone = proposal.unresolved.filter(isNotDone);
  const named = notDone.filter(({ message }) => !proposal.summary.includes(message));
  const said = [proposal.summary.trim(), ...(named.length === 0 ? [] : [describeNotDone(named)])].join(" ").trim();
  return new AppError({
    code: "NO_CHANGES",
    message:
      said === ""
        ? "The model proposed no change. Say more exactly what should be different."
        : `The model proposed no change. It said: ${said.slice(0, 2_000)}`,
    ...(said === "" ? {} : { details: { said } }),
  });
}

export function isNotDone({ code }: OperationFailure): boolean {
  return code === "NOT_DONE";
}

/** The parts of the request that the model says it did not do, in the user's words, and what can be done about them. */
export function describeNotDone(notDone: readonly OperationFailure[]): string {
  const named = notDone.slice(0, maxNamedParts).map(({ message }) => message);
  const more = notDone.length > maxNamedParts ? ` and ${notDone.length - maxNamedParts} more` : "";
  return `Not done: ${named.join(", ")}${more}. Save what was done and ask for the rest in other words or with another model, or change the prompt and run it again.`;
}

/** Some changes stayed open. If none of them was readable, that is the reported failure. */
export function notApplied({ proposal, reasons }: { proposal: WithChangeSet; reasons: string[] }): AppError {
  const { unresolved, proposals } = proposal;
  const isUnreadable = unresolved.length > 0 && unresolved.every(({ code }) => code === "UNREADABLE");
  return new AppError({
    code: isUnreadable ? "MODEL_OUTPUT_INVALID" : "EDIT_FAILED",
    message: `${describeProposals({ ...proposals, rows: [] })}. ${reasons.slice(0, 3).join(" ")} A guess could have damaged your code, so none was made.`,
    details: { reasons: reasons.slice(0, 20) },
  });
}

export function cutOff(): AppError {
  return new AppError({
    code: "OUTPUT_TRUNCATED",
    message:
      "The model's answer was cut off before it was complete. Continue with what is missing, ask for less at once, or choose a model with a longer output.",
  });
}
