import type { Container } from "#server/container.ts";

export type Health = { status: "ok" | "starting"; workers: number };

/** A worker is alive while its sessions are: PostgreSQL drops them with the process. */
export async function checkHealth({ database, queue }: Pick<Container, "database" | "queue">): Promise<Health> {
  await database.prisma.$queryRaw`SELECT 1 FROM "Project" LIMIT 1`;
  return { status: "ok", workers: await queue.countWorkers() };
}
