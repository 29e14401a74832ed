import { writeMigration } from "./write-migration.ts";

/** `node scripts/write-migration.mjs NAME`. */
async function main(): Promise<void> {
  const name = process.argv[2] ?? "";
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error("Give the migration a name in lower case, such as add_labels.");
  const path = await writeMigration({ name, now: new Date() });
  console.log(
    path === null
      ? "The migrations already make what prisma/schema.prisma says."
      : `${path}\nRead it before you commit it.`,
  );
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
