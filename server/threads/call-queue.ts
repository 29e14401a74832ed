import type { PendingCall } from "./thread-call.ts";

/** The calls that wait for a thread: those in the background come after all others. */
export class CallQueue {
  readonly #calls: Record<NonNullable<PendingCall["call"]["urgency"]>, PendingCall[]> = { now: [], background: [] };

  /** How many wait with the same urgency. */
  countLike(call: PendingCall["call"]): number {
    return this.#queueOf(call).length;
  }

  add(pending: PendingCall): void {
    this.#queueOf(pending.call).push(pending);
  }

  takeNext(): PendingCall | undefined {
    return this.#calls.now.shift() ?? this.#calls.background.shift();
  }

  /** False if it does not wait. */
  remove(pending: PendingCall): boolean {
    const queue = this.#queueOf(pending.call);
    const position = queue.indexOf(pending);
    if (position === -1) return false;
    queue.splice(position, 1);
    return true;
  }

  takeAll(): PendingCall[] {
    return [...this.#calls.now.splice(0), ...this.#calls.background.splice(0)];
  }

  #queueOf({ urgency = "now" }: PendingCall["call"]): PendingCall[] {
    return this.#calls[urgency];
  }
}
