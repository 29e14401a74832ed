import type { RunFailure } from "#lib/contracts/runs/run.ts";

const maxReasons = 10;
const reasonCharacters = 500;
const introduction = "The last answer to this could not be used. Do the same without these problems:";

/** The prompt of a failed run with its problems. A fix of a fix only lists the newest ones. */
export function writeFixPrompt({
  prompt,
  failure,
}: {
  prompt: string;
  failure: Pick<RunFailure, "message" | "details">;
}): string {
  const named = failure.details?.["reasons"];
  const reasons = Array.isArray(named) ? named.filter((reason) => typeof reason === "string") : [];
  const problems = (reasons.length > 0 ? reasons : [failure.message])
    .slice(0, maxReasons)
    .map((reason) => `- ${reason.trim().slice(0, reasonCharacters)}`);
  const [asked = prompt] = prompt.split(`\n\n${introduction}`);
  return `${asked.trimEnd()}\n\n${introduction}\n${problems.join("\n")}`;
}
