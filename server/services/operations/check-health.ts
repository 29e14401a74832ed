import type { Container } from "#server/container.ts";
import { canStore } from "#server/store/contents/can-store.ts";

/**
 * `problems` has one sentence each; empty if everything works. `workers` respond, `blockedWorkers` are connected and do
 * not respond.
 */
type Health = { status: "ok" | "degraded"; workers: number; blockedWorkers: number; problems: string[] };

/**
 * A worker is alive while it has sessions: PostgreSQL drops them with the process. It responds while they send queries.
 *
 * @throws Error if the database does not respond, or its tables are missing
 */
export async function checkHealth({ database, queue }: Pick<Container, "database" | "queue">): Promise<Health> {
  const [, hasRoom, { connected, blocked }] = await Promise.all([
    database.prisma.$queryRaw`SELECT 1 FROM "Project" LIMIT 1`,
    canStore({ database }),
    queue.countWorkers(),
  ]);
  const problems: string[] = [];
  if (!hasRoom)
    problems.push(
      "The database's disk is full. What was stored is kept, and nothing new can be. Free space; active runs then continue by themselves.",
    );
  if (blocked > 0)
    problems.push(
      `${blocked} of ${connected} workers do not answer. Their supervisor replaces them; their runs are taken over.`,
    );
  return {
    status: problems.length === 0 ? "ok" : "degraded",
    workers: connected - blocked,
    blockedWorkers: blocked,
    problems,
  };
}
