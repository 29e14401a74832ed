import { findTopLevelSymbols } from "../find-top-level-symbols.ts";
import type { Validator } from "../validator.ts";

const asksForRemoval = /\b(remove|delete|drop|rename|replace|get rid|clean|simplif|refactor|merge|move|extract|split|rewrite|convert|migrate)\w*/i;

/** Top-level names that a modified file had and that no changed file has any more, unless the prompt speaks of them. */
export const lostSymbols: Validator = {
  name: "lost-symbols",
  validate: ({ changedFiles, prompt, sourceParser }) =>
    changedFiles.flatMap(({ path, before, after }) => {
      if (before === null) return [];
      const kept = new Set(findTopLevelSymbols({ path, text: after, sourceParser }));
      const others = changedFiles.filter((file) => file.path !== path);
      const lost = findTopLevelSymbols({ path, text: before, sourceParser }).filter(
        (name) => !kept.has(name) && !others.some((file) => new RegExp(`\\b${escape(name)}\\b`).test(file.after)) && !isAskedFor({ name, prompt }),
      );
      if (lost.length === 0) return [];
      return [{ validator: "lost-symbols", severity: "weak" as const, path, message: `${lost.slice(0, 8).join(", ")} ${lost.length === 1 ? "is" : "are"} gone, and the request does not say so.` }];
    }),
};

/** A request to remove or rename something, whose words are in the name. */
function isAskedFor({ name, prompt }: { name: string; prompt: string }): boolean {
  if (!asksForRemoval.test(prompt)) return false;
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 2);
  const asked = prompt.toLowerCase();
  return words.some((word) => asked.includes(word.replace(/(?:ies|es|s|y)$/, "")));
}

function escape(name: string): string {
  return name.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
