import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { ObjectId } from "#lib/contracts/ids.ts";
import { ChunkReader } from "./chunk-reader.ts";
import type { GitEngine } from "./git-engine.ts";

/** Reads objects of a repository one by one from one process. */
export class ObjectReader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: ChunkReader;

  constructor({ git, repository }: { git: GitEngine; repository: string }) {
    this.#child = git.start({ repository, args: ["cat-file", "--batch"] });
    this.#child.stdin.on("error", () => undefined);
    this.#child.on("error", () => undefined);
    this.#child.stderr.resume();
    this.#answers = new ChunkReader(this.#child.stdout);
  }

  /**
   * An object's type and bytes; null if the repository does not have it.
   *
   * @throws Error if git ended before it answered
   */
  async read(id: ObjectId): Promise<{ type: string; body: Buffer } | null> {
    this.#child.stdin.write(`${id}\n`);
    const line = await this.#answers.readUntil({ end: 0x0a, maxBytes: 200 });
    if (line === null) throw endedEarly(id);
    const [, type, size] = /^[0-9a-f]{40} (\w+) (\d+)$/.exec(line.toString("latin1").trim()) ?? [];
    if (type === undefined) return null;
    const body = await this.#answers.read(Number(size) + 1);
    if (body === null) throw endedEarly(id);
    return { type, body: body.subarray(0, -1) };
  }

  close(): void {
    this.#child.kill("SIGTERM");
  }
}

function endedEarly(id: ObjectId): Error {
  return new Error(`git cat-file ended before it answered for ${id}.`);
}
