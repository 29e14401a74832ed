import type { KeyMap } from "../ui/keys/key-map.ts";

/**
 * Why a key cannot replace another; null if it can.
 *
 * @param keys all bound keys, by their default names
 */
export function findKeyProblem({
  key,
  to,
  map,
  keys,
}: {
  key: string;
  to: string;
  map: KeyMap;
  keys: Iterable<string>;
}): string | null {
  if (!/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(to)) return "Type one character.";
  if (to === "?" || to === "@") return `${to} keeps its meaning. Choose another key.`;
  const holder = [...keys].find((other) => other !== key && (map.get(other) ?? other) === to);
  return holder === undefined
    ? null
    : `${to} already does something${holder === to ? "" : `, in place of ${holder}`}. Change that one first.`;
}
