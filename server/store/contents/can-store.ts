import type { Database } from "../database.ts";
import { findDatabaseFault } from "../find-database-fault.ts";

/**
 * Whether the database has room to write. The query sorts more than its working memory holds, so PostgreSQL writes
 * about 300 kB to a temporary file and removes it. Nothing is stored, and no catalog grows.
 *
 * @throws Error if the database cannot be reached
 */
export async function canStore({ database }: { database: Database }): Promise<boolean> {
  try {
    // One statement, because each round trip to a busy database is slow.
    await database.prisma.$executeRaw`
      DO $$ BEGIN
        PERFORM set_config('work_mem', '64kB', true);
        PERFORM count(*) FROM (SELECT n FROM generate_series(1, 20000) AS n ORDER BY -n OFFSET 0) AS sorted;
      END $$`;
    return true;
  } catch (error) {
    const fault = findDatabaseFault(error);
    if (fault === null || fault === "away") throw error;
    return false;
  }
}
