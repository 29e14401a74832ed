import { setUp } from "./set-up.mjs";
import { runTypeScript } from "./run-typescript.mjs";

setUp();
runTypeScript("server/jobs/worker-main.ts");
