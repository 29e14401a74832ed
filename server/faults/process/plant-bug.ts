import { registerHooks } from "node:module";
import { getPlantedBug, plantBug, type PlantedBug } from "./planted-bugs.ts";

/** Preloaded into a process under test: changes the source of one module while Node loads it. */
const bug = getPlantedBug((new URL(import.meta.url).searchParams.get("name") ?? "") as PlantedBug["name"]);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/${bug.module}`)) return loaded;
    const source = Buffer.from(loaded.source as Uint8Array).toString("utf8");
    return { ...loaded, source: plantBug({ bug, source }) };
  },
});
