import { findChromium } from "./find-chromium.mjs";
import { runTypeScript } from "./run-typescript.mjs";
import { build, installYardsticks, setUp } from "./set-up.mjs";

setUp();
installYardsticks();
process.env.GRAFT_CHROMIUM = findChromium();
build();
runTypeScript("bench/ui/main.ts", process.argv.slice(2));
