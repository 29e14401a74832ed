import type { FilePath } from "#lib/contracts/ids.ts";
import type { CheckOutcome } from "#server/checks/run-check.ts";
import { SecretMask } from "#server/core/secrets/secret-mask.ts";
import type { ThreadPool } from "#server/threads/thread-pool.ts";

const timeoutMs = 20_000;

/** A log with secrets in known formats removed. One that cannot be searched is not stored. */
export async function redactOutcome({
  threads,
  outcome,
}: {
  threads: ThreadPool;
  outcome: CheckOutcome;
}): Promise<CheckOutcome> {
  if (outcome.status === "cancelled") return outcome;
  const messages =
    outcome.status === "finished" ? outcome.cases.map(({ message }) => message).join("\n") : outcome.reason;
  const text = `${outcome.log}\n${messages}`;
  const source = { path: "check.log" as FilePath, text };
  const found = await threads.run({ task: "findSecrets", input: [source], timeoutMs }).catch(() => null);
  if (found === null) return { ...outcome, log: "The log could not be searched for secrets, so it was not kept.\n" };
  const mask = new SecretMask((found[0] ?? []).map(({ start, end }) => text.slice(start, end)));
  if (mask.isEmpty) return outcome;
  const log = mask.apply(outcome.log);
  if (outcome.status === "could-not-run") return { ...outcome, log, reason: mask.apply(outcome.reason) };
  return { ...outcome, log, cases: outcome.cases.map((one) => ({ ...one, message: mask.apply(one.message) })) };
}
