import { build, installYardsticks, setUp } from "./set-up.mjs";
import { runTypeScript } from "./run-typescript.mjs";

setUp();
installYardsticks();
// The only part that measures the product's own processes.
if (process.argv[2] === "memory") build();
runTypeScript("bench/main.ts", process.argv.slice(2));
