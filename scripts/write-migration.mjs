import { setUp } from "./set-up.mjs";
import { runTypeScript } from "./run-typescript.mjs";

setUp();
runTypeScript("server/database/write-migration-main.ts", process.argv.slice(2));
