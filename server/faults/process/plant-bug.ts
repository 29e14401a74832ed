import { registerHooks } from "node:module";
import { getPlantedBug, type PlantedBug } from "./planted-bugs.ts";

/**
 * Preloaded into a process under test. It changes the source of one module while Node loads it, and throws if the
 * source is not the expected one.
 */
const { name, module, replacements } = getPlantedBug(
  (new URL(import.meta.url).searchParams.get("name") ?? "") as PlantedBug["name"],
);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/${module}`)) return loaded;
    let source = Buffer.from(loaded.source as Uint8Array).toString("utf8");
    for (const { from, to } of replacements) {
      if (source.split(from).length !== 2)
        throw new Error(`The bug ${name} does not fit ${module}: "${from}" is not in it exactly once.`);
      source = source.replace(from, () => to);
    }
    return { ...loaded, source };
  },
});
