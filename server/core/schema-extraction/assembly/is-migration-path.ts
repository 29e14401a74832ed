const migrationFolder = /(?:^|\/)(?:migrations?|drizzle|alembic|versions|migrate)\//i;
/** Named like Flyway migrations. */
const migrationName = /(?:^|\/)V[\d._]+__[^/]*\.sql$/;

/** Whether a file is one step of a database's history. */
export function isMigrationPath(path: string): boolean {
  return migrationFolder.test(path) || migrationName.test(path);
}
