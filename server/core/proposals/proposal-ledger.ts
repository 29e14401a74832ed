import type { ProposalCounts, ProposalRow } from "#lib/contracts/runs/proposal.ts";
import { describeSkipped, type SkippedEdit } from "../edits/skipped-edit.ts";
import type { OperationFailure } from "../change-set/operation-failure.ts";
import { findMissingAfter, supersedes, type OpenProposal } from "./find-missing-after.ts";
import { listNamedPaths, type Proposal } from "./proposal.ts";

type Entry = {
  proposalId: number;
  proposal: Proposal;
  turn: number;
  outcome: ProposalRow["outcome"];
  reason: string | null;
  /** Earlier attempts at the same change, which stay open as long as this one. */
  attempts: Entry[];
};

type OpenEntry = { entry: Entry; open: OpenProposal };

/** The engine's codes for a block without effect: such a block is not missing if its change failed. */
const harmlessCodes: ReadonlySet<OperationFailure["code"]> = new Set(["NO_CHANGE", "ALREADY_APPLIED"]);

/**
 * The outcome of every change that a run's model sent: `applied + refused + madeGood + open = sent`. Only a change of a
 * later turn makes an open one good, because the model learns of the failure between turns.
 */
export class ProposalLedger {
  readonly #entries: Entry[] = [];
  #open: OpenEntry[] = [];
  /** The last failed proposal of each wording. */
  readonly #refusedWordings = new Map<string, Entry>();
  #turn = 0;

  beginTurn(): void {
    this.#turn += 1;
  }

  /** Records an applied change, the open ones that it makes good, and its blocks without effect. */
  recordApplied({ proposal, skipped }: { proposal: Proposal; skipped: readonly SkippedEdit[] }): void {
    const reason = skipped.length === 0 ? null : describeSkipped(skipped);
    this.#makeGood(this.#add({ proposal, outcome: "applied", reason }));
  }

  /** Records a change that is already there: it makes an open change with the same intent good. */
  recordPresent({ proposal, reason }: { proposal: Proposal; reason: string }): void {
    this.#makeGood(this.#add({ proposal, outcome: "made-good", reason }));
  }

  /** Records a change without effect, or one that was applied before. */
  recordWithoutEffect({ proposal, reason }: { proposal: Proposal; reason: string }): void {
    this.#add({ proposal, outcome: "made-good", reason });
  }

  /** Records a change outside the files that the run may change. */
  recordRefused({ proposal, reason }: { proposal: Proposal; reason: string }): void {
    this.#add({ proposal, outcome: "refused", reason });
  }

  /**
   * Records a change that was not applied. At least one failure says why. An exact repetition of one that was made good
   * is made good too, because models send everything again, including what failed.
   */
  recordOpen({ proposal, failures }: { proposal: Proposal; failures: readonly OperationFailure[] }): void {
    const reason = failures.map(({ message }) => message).join(" ");
    const wording = wordingOf(proposal);
    const earlier = wording === null ? undefined : this.#refusedWordings.get(wording);
    if (earlier?.outcome === "made-good") {
      this.recordWithoutEffect({ proposal, reason: `${reason} The same change came as ${earlier.proposalId}.` });
      return;
    }
    const entry = this.#add({ proposal, outcome: "open", reason });
    if (wording !== null) this.#refusedWordings.set(wording, entry);
    const harmless = new Set(failures.flatMap(({ code, editIndex }) => (harmlessCodes.has(code) ? editIndex : [])));
    const { operation } = proposal;
    const missingEdits =
      operation?.type === "edit" ? operation.edits.filter((_, editIndex) => !harmless.has(editIndex)) : null;
    const [attempts, others] = partition(
      this.#open,
      ({ entry: { turn }, open }) => turn < this.#turn && supersedes({ open, later: proposal }),
    );
    entry.attempts = attempts.map((attempt) => attempt.entry);
    this.#open = [...others, { entry, open: { proposal, failures, missingEdits } }];
  }

  /** The failed changes that nothing made good: of several attempts at one change, the last. */
  get open(): readonly OpenProposal[] {
    return this.#open.map(({ open }) => open);
  }

  get counts(): ProposalCounts {
    const counts = { sent: this.#entries.length, applied: 0, refused: 0, madeGood: 0, open: 0 };
    for (const { outcome } of this.#entries) counts[outcome === "made-good" ? "madeGood" : outcome] += 1;
    return counts;
  }

  get rows(): ProposalRow[] {
    return this.#entries.map(({ proposalId, proposal, outcome, reason }) => ({
      proposalId,
      source: proposal.source,
      name: proposal.name,
      operation: proposal.type,
      path: (proposal.operation === null ? proposal.paths : listNamedPaths(proposal.operation))[0] ?? null,
      outcome,
      ...(reason === null ? {} : { reason }),
    }));
  }

  #add(row: Pick<Entry, "proposal" | "outcome" | "reason">): Entry {
    const entry = { ...row, proposalId: this.#entries.length + 1, turn: this.#turn, attempts: [] };
    this.#entries.push(entry);
    return entry;
  }

  #makeGood({ proposal: later, proposalId }: Entry): void {
    // A change without a path matches at most one other: several of them are several changes.
    let hasPlaced = false;
    this.#open = this.#open.flatMap(({ entry, open }): OpenEntry[] => {
      const isUnplaced = entry.proposal.paths.length === 0;
      if (entry.turn >= this.#turn || (isUnplaced && hasPlaced)) return [{ entry, open }];
      const missing = findMissingAfter({ open, later });
      if (missing !== null) return [{ entry, open: missing }];
      hasPlaced ||= isUnplaced;
      close({ entry, proposalId });
      return [];
    });
  }
}

function wordingOf({ name, operation, sent }: Proposal): string | null {
  if (operation !== null) return JSON.stringify(operation);
  return sent === undefined ? null : JSON.stringify([name, sent]);
}

function close({ entry, proposalId }: { entry: Entry; proposalId: number }): void {
  entry.outcome = "made-good";
  entry.reason = `${entry.reason ?? ""} Change ${proposalId} made it good.`.trim();
  for (const attempt of entry.attempts) close({ entry: attempt, proposalId });
}

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  const first: Item[] = [];
  const second: Item[] = [];
  for (const item of items) (isFirst(item) ? first : second).push(item);
  return [first, second];
}
