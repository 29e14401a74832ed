import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { deflate, deflateSync } from "node:zlib";
import type { ObjectId } from "#lib/contracts/ids.ts";
import { computeObjectId, type GitObjectType } from "#server/core/git/compute-object-id.ts";
import type { GitEngine } from "./git-engine.ts";

const typeNumbers: Record<GitObjectType, number> = { commit: 1, tree: 2, blob: 3 };

/** Smaller bodies compress faster than they can be passed to another thread. */
const maxSyncBytes = 65_536;
const deflateInThread = promisify(deflate);

/** Compressed bytes held in memory before they are written as a pack. */
const packBytes = 32 * 1_048_576;

/**
 * Adds objects to a repository with their exact bytes, in as few packs as memory allows. `git index-pack` checks every
 * object and installs a pack once it is complete. git's fast-import cannot be used: it writes commits itself, and a
 * pushed commit must keep its bytes.
 */
export class PackWriter {
  readonly #git: GitEngine;
  readonly #repository: string;
  #entries: Buffer[] = [];
  #entryCount = 0;
  #sizeBytes = 0;

  constructor({ git, repository }: { git: GitEngine; repository: string }) {
    this.#git = git;
    this.#repository = repository;
  }

  async add({ type, body }: { type: GitObjectType; body: Uint8Array }): Promise<ObjectId> {
    const compressed = body.length <= maxSyncBytes ? deflateSync(body) : await deflateInThread(body);
    const header = encodeEntryHeader({ type, sizeBytes: body.length });
    this.#entries.push(header, compressed);
    this.#entryCount += 1;
    this.#sizeBytes += header.length + compressed.length;
    if (this.#sizeBytes >= packBytes) await this.flush();
    return computeObjectId({ type, body });
  }

  /** Writes everything that was added to the repository. */
  async flush(): Promise<void> {
    if (this.#entryCount === 0) return;
    const header = Buffer.alloc(12);
    header.write("PACK");
    header.writeUInt32BE(2, 4);
    header.writeUInt32BE(this.#entryCount, 8);
    const pack = Buffer.concat([header, ...this.#entries]);
    this.#entries = [];
    this.#entryCount = 0;
    this.#sizeBytes = 0;
    const trailer = createHash("sha1").update(pack).digest();
    await this.#git.run({
      repository: this.#repository,
      args: ["index-pack", "--stdin"],
      input: Buffer.concat([pack, trailer]),
    });
  }
}

/** Type and size: four bits of the size in the first byte, seven in each further one. */
function encodeEntryHeader({ type, sizeBytes }: { type: GitObjectType; sizeBytes: number }): Buffer {
  const bytes: number[] = [];
  let byte = (typeNumbers[type] << 4) | (sizeBytes & 0x0f);
  for (let rest = Math.floor(sizeBytes / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 0x80);
    byte = rest & 0x7f;
  }
  return Buffer.from([...bytes, byte]);
}
