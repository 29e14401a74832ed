const migrationFolder = /(?:^|\/)(?:migrations?|drizzle|alembic|versions|migrate)\//i;
/** As Flyway names them. */
const migrationName = /(?:^|\/)V[\d._]+__[^/]*\.sql$/;

/** Whether a file is one step of the history of a database. */
export function isMigrationPath(path: string): boolean {
  return migrationFolder.test(path) || migrationName.test(path);
}
