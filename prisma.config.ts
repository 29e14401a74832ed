import { defineConfig } from "prisma-cli/config";

/** Only the client generator reads this; migrations run through server/database/migrate.ts. */
export default defineConfig({ schema: "prisma/schema.prisma" });
