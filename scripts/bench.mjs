import { installYardsticks, setUp } from "./set-up.mjs";
import { runTypeScript } from "./run-typescript.mjs";

setUp();
installYardsticks();
runTypeScript("bench/main.ts", process.argv.slice(2));
