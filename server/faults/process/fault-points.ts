import type { WireStep } from "./database-proxy.ts";

/** A place at which a process may die, named by the statement that it sends there. */
export type FaultPoint = { name: string; isAt: (step: Pick<WireStep, "statement" | "earlier">) => boolean };

const isIn = ({ earlier }: Pick<WireStep, "earlier">, text: string) =>
  earlier.some((statement) => statement.includes(text));

const storesGeneration = 'INSERT INTO "public"."Generation" ';
const createsRun = 'INSERT INTO "public"."Run" ';
const appendsEvents = 'INSERT INTO "RunEvent"';
const completesJob = "state = 'completed'";

/** The worker's points, in the order in which a successful run reaches them. */
export const workerFaultPoints: readonly FaultPoint[] = [
  {
    name: "take-job",
    isAt: ({ statement }) => statement.includes("WITH next AS") && statement.includes("'graft-run'"),
  },
  { name: "begin-attempt", isAt: ({ statement }) => statement.includes("SET attempt = attempt + 1") },
  { name: "append-events", isAt: (step) => step.statement.includes(appendsEvents) && step.earlier.length === 0 },
  { name: "remember-step", isAt: ({ statement }) => statement.startsWith('INSERT INTO "public"."RunStep"') },
  { name: "begin-transaction", isAt: ({ statement }) => statement === "BEGIN" },
  {
    name: "store-contents",
    isAt: (step) => step.statement.includes('INSERT INTO "Blob"') && step.earlier.length > 0,
  },
  {
    name: "take-version",
    isAt: ({ statement }) => statement.startsWith('UPDATE "public"."Project" SET "lastVersion"'),
  },
  { name: "store-generation", isAt: ({ statement }) => statement.startsWith(storesGeneration) },
  { name: "store-parents", isAt: ({ statement }) => statement.startsWith('INSERT INTO "public"."GenerationParent"') },
  { name: "store-changes", isAt: ({ statement }) => statement.includes('INSERT INTO "GenerationChange"') },
  {
    name: "end-run",
    isAt: (step) => step.statement.startsWith('UPDATE "public"."Run" SET "status"') && isIn(step, storesGeneration),
  },
  { name: "append-end", isAt: (step) => step.statement.includes(appendsEvents) && isIn(step, storesGeneration) },
  { name: "complete-job", isAt: (step) => step.statement.includes(completesJob) && isIn(step, storesGeneration) },
  { name: "commit-generation", isAt: (step) => step.statement === "COMMIT" && isIn(step, storesGeneration) },
];

const endsRun = 'UPDATE "public"."Run" SET "status"';

/** The worker's points where the end of one run starts the next one of its queue, in one transaction. */
export const queueFaultPoints: readonly FaultPoint[] = [
  {
    name: "choose-base",
    isAt: (step) => step.statement.includes('UPDATE "Run" SET "parentGenerationId"') && isIn(step, storesGeneration),
  },
  {
    name: "queue-next-job",
    isAt: (step) => step.statement.includes("INSERT INTO pgboss.job") && isIn(step, storesGeneration),
  },
  { name: "commit-with-next", isAt: (step) => step.statement === "COMMIT" && isIn(step, storesGeneration) },
];

/** The worker's points where a run ends that only talked. */
export const talkFaultPoints: readonly FaultPoint[] = [
  { name: "remember-talk", isAt: ({ statement }) => statement.startsWith('INSERT INTO "public"."RunStep"') },
  { name: "end-talk", isAt: (step) => step.statement.startsWith(endsRun) && !isIn(step, storesGeneration) },
  {
    name: "commit-talk",
    isAt: (step) => step.statement === "COMMIT" && isIn(step, endsRun) && !isIn(step, storesGeneration),
  },
];

/** The web process's points while it accepts a run. */
export const submitFaultPoints: readonly FaultPoint[] = [
  { name: "create-run", isAt: ({ statement }) => statement.startsWith(createsRun) },
  { name: "append-queued", isAt: (step) => step.statement.includes(appendsEvents) && isIn(step, createsRun) },
  { name: "queue-job", isAt: (step) => step.statement.includes("INSERT INTO pgboss.job") && isIn(step, createsRun) },
  { name: "commit-run", isAt: (step) => step.statement === "COMMIT" && isIn(step, createsRun) },
];

/** @throws RangeError if there is none with this name */
export function getFaultPoint(name: string): FaultPoint {
  const point = [...workerFaultPoints, ...submitFaultPoints].find((candidate) => candidate.name === name);
  if (point === undefined) throw new RangeError(`There is no fault point ${name}.`);
  return point;
}
