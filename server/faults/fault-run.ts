import { createHash, randomInt } from "node:crypto";

export type FaultRun = {
  /** How many kills, cuts or runs the suite makes. */
  size: number;
  /** Whether there is time for kills as rare as in production. */
  isNightly: boolean;
  /** One of the seeds that the size requires. The same seed makes the same choices. */
  seed: number;
  /** At least 0 and below 1. */
  random(): number;
  /** A whole number from `min` to `max`, both included. */
  integer(range: { min: number; max: number }): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Prints the figures in one line. */
  report(figures: Readonly<Record<string, number | string>>): void;
};

/**
 * The only place where the suites read the environment. `GRAFT_FAULTS=nightly` selects the long run,
 * `GRAFT_FAULTS_SIZE` another size, and `GRAFT_FAULTS_SEED` repeats a run.
 */
const isNightly = process.env["GRAFT_FAULTS"] === "nightly";
const givenSize = Number.parseInt(process.env["GRAFT_FAULTS_SIZE"] ?? "", 10);
const givenSeed = process.env["GRAFT_FAULTS_SEED"];
const processSeed = givenSeed === undefined ? randomInt(2 ** 31) : Number.parseInt(givenSeed, 10);

/**
 * Starts a suite at the size for each change or at the nightly one. Its random choices come from a seed. Prints both.
 */
export function startFaultRun({
  suite,
  eachChange,
  nightly,
}: {
  suite: string;
  eachChange: number;
  nightly: number;
}): FaultRun {
  const size = givenSize > 0 ? givenSize : isNightly ? nightly : eachChange;
  const random = createRandom(createHash("sha256").update(`${suite} ${processSeed}`).digest().readUInt32LE());
  const integer = ({ min, max }: { min: number; max: number }) => min + Math.floor(random() * (max - min + 1));
  // Printed first, because a suite that fails or hangs has to be repeated too.
  process.stdout.write(`${suite}: size ${size}, GRAFT_FAULTS_SEED=${processSeed}\n`);
  return {
    size,
    isNightly,
    seed: processSeed,
    random,
    integer,
    pick(items) {
      const item = items[integer({ min: 0, max: items.length - 1 })];
      if (item === undefined) throw new RangeError("There is nothing to pick from.");
      return item;
    },
    report(figures) {
      const texts = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
      process.stdout.write(`${suite}: ${texts.join(", ")}\n`);
    },
  };
}

/** At least half of the times are at most `p50`, and 95 of 100 at most `p95`. `text` is for a report. */
export function summarizeTimes(timesMs: readonly number[]): {
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
  text: string;
} {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
  const [p50Ms, p95Ms, maxMs] = [at(0.5), at(0.95), at(1)];
  return { p50Ms, p95Ms, maxMs, text: `p50 ${p50Ms} ms, p95 ${p95Ms} ms, max ${maxMs} ms of ${sorted.length}` };
}

/** mulberry32: small, and the same on every machine. */
function createRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
