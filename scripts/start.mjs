import { build, setUp } from "./set-up.mjs";
import { runTypeScript } from "./run-typescript.mjs";

setUp();
build();
runTypeScript("server/supervisor/main.ts");
