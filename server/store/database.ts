import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient, type Prisma } from "./prisma-client/client.ts";

export type Transaction = Prisma.TransactionClient;

export type Database = {
  prisma: PrismaClient;
  /** For LISTEN, which needs its own session. The caller ends it. */
  connectListener(): Promise<pg.Client>;
  /** The pool of this process. `waiting` counts queries that wait for a free connection. */
  countConnections(): { busy: number; idle: number; waiting: number };
  close(): Promise<void>;
};

/**
 * Maximum wait for a free connection. Under load, requests queue here instead of failing. An unreachable database fails
 * at once.
 */
const waitForTurnMs = 30_000;

/**
 * Opens a pool on `connectionString`. The first query opens the first connection, so that a build can import this.
 * `onError` receives errors of idle connections that the server closed; without a listener such an error would end the
 * process.
 */
export function openDatabase({
  connectionString,
  maxConnections,
  onError,
}: {
  connectionString: string;
  maxConnections: number;
  onError: (error: Error) => void;
}): Database {
  const pool = new pg.Pool({ connectionString, max: maxConnections, connectionTimeoutMillis: waitForTurnMs });
  pool.on("error", onError);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { onPoolError: onError, onConnectionError: onError }),
    transactionOptions: { maxWait: waitForTurnMs, timeout: 60_000 },
  });
  return {
    prisma,
    async connectListener() {
      const client = new pg.Client({ connectionString });
      await client.connect();
      return client;
    },
    countConnections: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    async close() {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}
