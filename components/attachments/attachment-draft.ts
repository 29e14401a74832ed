import { randomKey } from "../composer/idempotency-key.ts";
import { findObstacle, type LocalAttachment } from "./attachment-list.ts";

/** The part of a browser's `File` that is known before it is read. */
type GivenFile = { name: string; type: string; size: number };

type AttachmentContent = Pick<LocalAttachment, "content" | "picture">;

export type AttachmentDraftState = {
  list: readonly LocalAttachment[];
  /** Why files of the last selection are not in the list. */
  problems: readonly string[];
  /** True while added files are being read: a prompt sent now would lack them. */
  isReading: boolean;
};

export const emptyAttachmentDraft: AttachmentDraftState = { list: [], problems: [], isReading: false };

/** The attachments of one unsent prompt. Files may be added and removed while others are being read. */
export class AttachmentDraft<Given extends GivenFile> {
  #state = emptyAttachmentDraft;
  #readingCount = 0;
  readonly #read: (file: Given) => Promise<AttachmentContent>;
  readonly #listeners = new Set<() => void>();

  /** `read` rejects for a file that was moved or deleted, or may not be opened. */
  constructor(read: (file: Given) => Promise<AttachmentContent>) {
    this.#read = read;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  getState = (): AttachmentDraftState => this.#state;

  /** Resolves when the files are in the list, or named among the problems. */
  async add(files: readonly Given[]): Promise<void> {
    if (files.length === 0) return;
    this.#readingCount += 1;
    this.#set({ isReading: true, ...(this.#readingCount === 1 ? { problems: [] } : {}) });
    for (const file of files) await this.#addOne(file);
    this.#readingCount -= 1;
    this.#set({ isReading: this.#readingCount > 0 });
  }

  remove(id: string): void {
    this.#set({ list: this.#state.list.filter((each) => each.id !== id), problems: [] });
  }

  clear(): void {
    this.#set({ list: [], problems: [] });
  }

  async #addOne(file: Given): Promise<void> {
    const facts = { name: file.name === "" ? "pasted" : file.name, mediaType: file.type, sizeBytes: file.size };
    const findOwnObstacle = () => findObstacle({ list: this.#state.list, file: facts });
    const obstacle = findOwnObstacle();
    if (obstacle !== null) return this.#note(obstacle);
    const content = await this.#read(file).catch(() => null);
    if (content === null) return this.#note(`${facts.name} could not be read, and is not attached. Attach it again.`);
    // Other files may have been added while this one was read.
    const lateObstacle = findOwnObstacle();
    if (lateObstacle !== null) return this.#note(lateObstacle);
    this.#set({ list: [...this.#state.list, { ...facts, ...content, id: randomKey() }] });
  }

  #note(problem: string): void {
    this.#set({ problems: [...this.#state.problems, problem] });
  }

  #set(changes: Partial<AttachmentDraftState>): void {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }
}
