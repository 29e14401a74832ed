import { setUp } from "./set-up.mjs";
import { runTypeScript } from "./run-typescript.mjs";

setUp();
runTypeScript("bench/schema/main.ts", process.argv.slice(2));
