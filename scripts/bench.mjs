import { build, installYardsticks, setUp } from "./set-up.mjs";
import { runTypeScript } from "./run-typescript.mjs";

setUp();
installYardsticks();
const args = process.argv.slice(2);
// These parts measure the product's own processes.
if (args.length === 0 || args[0] === "large" || args[0] === "memory") build();
runTypeScript("bench/main.ts", args);
