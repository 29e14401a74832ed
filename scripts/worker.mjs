import { setUp } from "./set-up.mjs";
import { runTypeScript } from "./run-typescript.mjs";

setUp();
process.env.GRAFT_ROLE = "worker";
runTypeScript("server/supervisor/main.ts");
