import type { Database } from "#server/store/database.ts";
import { LogKeeper } from "#server/checks/log-keeper.ts";
import { noteCheckProgress } from "#server/store/checks/check-runs.ts";

/** A user who watches reads one screen of lines. */
const tailCharacters = 16_000;
const writeEveryMs = 1_000;

/**
 * Records the current case and output of a running check, at most once a second. What is lost of it is in the result.
 */
export class CheckProgress {
  readonly #database: Database;
  readonly #checkRunId: string;
  #stage = "waiting";
  #keeper = new LogKeeper({ maxBytes: 4 * tailCharacters });
  #isChanged = false;
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();

  constructor({ database, checkRunId }: { database: Database; checkRunId: string }) {
    this.#database = database;
    this.#checkRunId = checkRunId;
    this.#timer = setInterval(() => this.#write(), writeEveryMs);
  }

  setStage(stage: string): void {
    this.#stage = stage;
    this.#isChanged = true;
    this.#write();
  }

  beginOutput(): void {
    this.#keeper = new LogKeeper({ maxBytes: 4 * tailCharacters });
  }

  addOutput(chunk: Buffer): void {
    this.#keeper.add(chunk);
    this.#isChanged = true;
  }

  /** Writes nothing after this. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isChanged = false;
    await this.#writing;
  }

  #write(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    const progress = { stage: this.#stage, logTail: this.#keeper.readEnd(tailCharacters) };
    this.#writing = this.#writing.then(() =>
      noteCheckProgress({ database: this.#database, checkRunId: this.#checkRunId, ...progress }).catch(() => undefined),
    );
  }
}
