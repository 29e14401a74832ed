import type { FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { PreviewId } from "#lib/contracts/versions/preview.ts";
import { LogKeeper } from "#server/checks/log-keeper.ts";
import type { PreviewContainer } from "#server/container.ts";
import { SecretMask } from "#server/core/secrets/secret-mask.ts";
import { notePreview } from "#server/store/previews/previews.ts";

const writeEveryMs = 1_000;
const searchTimeoutMs = 10_000;

/** Stores the newest output of a preview, without secrets in known formats, at most once a second. */
export class PreviewLog {
  readonly #container: Pick<PreviewContainer, "database" | "threads">;
  readonly #previewId: PreviewId;
  readonly #keeper = new LogKeeper({ maxBytes: limits.previewLogBytes, headBytes: 0 });
  readonly #secrets = new Set<string>();
  #isChanged = false;
  #writing: Promise<void> = Promise.resolve();
  readonly #timer = setInterval(() => this.#write(), writeEveryMs);

  constructor({
    container,
    previewId,
  }: {
    container: Pick<PreviewContainer, "database" | "threads">;
    previewId: PreviewId;
  }) {
    this.#container = container;
    this.#previewId = previewId;
  }

  add(chunk: Buffer): void {
    this.#keeper.add(chunk);
    this.#isChanged = true;
  }

  /** Removes a text from everything that is written from now on. */
  hide(secret: string): void {
    this.#secrets.add(secret);
  }

  /** Writes the rest. Call it before the preview's end is written. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#write();
    await this.#writing;
  }

  #write(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    // The output of a failed write is included in the next one.
    this.#writing = this.#writing.then(() => this.#writeOnce()).catch(() => void (this.#isChanged = true));
  }

  async #writeOnce(): Promise<void> {
    const { database, threads } = this.#container;
    const text = await redact({ threads, text: this.#keeper.read(), secrets: this.#secrets });
    await notePreview({
      database,
      previewId: this.#previewId,
      change: { log: { text, isCut: this.#keeper.isCut } },
    });
  }
}

/** A log that cannot be scanned for secrets is not shown. */
async function redact({
  threads,
  text,
  secrets,
}: {
  threads: PreviewContainer["threads"];
  text: string;
  secrets: ReadonlySet<string>;
}): Promise<string> {
  const input = [{ path: "preview.log" as FilePath, text }];
  const found = await threads.run({ task: "findSecrets", input, timeoutMs: searchTimeoutMs }).catch(() => null);
  if (found === null) return "The log could not be searched for secrets, so it is not shown.\n";
  return new SecretMask([...secrets, ...(found[0] ?? []).map(({ start, end }) => text.slice(start, end))]).apply(text);
}
