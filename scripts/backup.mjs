import { setUp } from "./set-up.mjs";
import { runTypeScript } from "./run-typescript.mjs";

setUp();
runTypeScript("server/entry-points/backup-main.ts", process.argv.slice(2));
