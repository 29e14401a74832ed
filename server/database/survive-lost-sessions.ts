import { logger } from "#server/logger.ts";
import { findDatabaseFault } from "#server/store/find-database-fault.ts";

/**
 * Keeps this process alive when a database session without a listener ends. When a restart of the database interrupts
 * pg-boss while it connects its listener, pg-boss removes its handlers before the session has closed, and the last
 * error would end the process. The queries of that session fail on their own. Any other uncaught error ends the
 * process.
 */
export function surviveLostSessions(): void {
  process.on("uncaughtException", (error) => {
    if (findDatabaseFault(error) === "away") return logger.warn({ err: error }, "a database session was lost");
    logger.fatal({ err: error }, "uncaught error");
    process.exit(1);
  });
}
