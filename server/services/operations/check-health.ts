import type { Container } from "#server/container.ts";
import { canStore } from "#server/store/contents/can-store.ts";

/** `problems` has a sentence each; empty where all is well. `workers` answer, `blockedWorkers` are connected and do not. */
export type Health = { status: "ok" | "degraded"; workers: number; blockedWorkers: number; problems: string[] };

/**
 * A worker is alive while its sessions are: PostgreSQL drops them with the process. It answers while they ask.
 *
 * @throws Error where the database does not answer, or its tables are missing
 */
export async function checkHealth({ database, queue }: Pick<Container, "database" | "queue">): Promise<Health> {
  await database.prisma.$queryRaw`SELECT 1 FROM "Project" LIMIT 1`;
  const [hasRoom, { connected, blocked }] = await Promise.all([canStore({ database }), queue.countWorkers()]);
  const problems: string[] = [];
  if (!hasRoom)
    problems.push(
      "The database's disk is full. What was stored is kept, and nothing new can be. Free space; runs in work go on by themselves.",
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
