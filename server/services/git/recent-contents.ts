import type { ContentHash } from "#lib/contracts/ids.ts";

/** A size-bounded cache of recently used contents: a commit often changes what recent commits wrote. */
export class RecentContents {
  readonly #maxBytes: number;
  /** Oldest first. */
  readonly #contents = new Map<ContentHash, Uint8Array>();
  #sizeBytes = 0;

  constructor({ maxBytes }: { maxBytes: number }) {
    this.#maxBytes = maxBytes;
  }

  add(contents: ReadonlyMap<ContentHash, Uint8Array>): void {
    for (const [hash, content] of contents) {
      this.#remove(hash);
      this.#contents.set(hash, content);
      this.#sizeBytes += content.length;
    }
    for (const hash of this.#contents.keys()) {
      if (this.#sizeBytes <= this.#maxBytes) return;
      this.#remove(hash);
    }
  }

  /** Returns cached `hashes`; `load` fetches the others. */
  async take({
    hashes,
    load,
  }: {
    hashes: readonly ContentHash[];
    load: (missing: ContentHash[]) => Promise<ReadonlyMap<ContentHash, Uint8Array>>;
  }): Promise<Map<ContentHash, Uint8Array>> {
    const found = new Map<ContentHash, Uint8Array>();
    for (const hash of hashes) {
      const content = this.#contents.get(hash);
      if (content !== undefined) found.set(hash, content);
    }
    const missing = hashes.filter((hash) => !found.has(hash));
    const loaded = missing.length === 0 ? new Map<ContentHash, Uint8Array>() : await load(missing);
    for (const [hash, content] of loaded) found.set(hash, content);
    this.add(found);
    return found;
  }

  #remove(hash: ContentHash): void {
    this.#sizeBytes -= this.#contents.get(hash)?.length ?? 0;
    this.#contents.delete(hash);
  }
}
