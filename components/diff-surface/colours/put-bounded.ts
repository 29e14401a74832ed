/** Of reviews that a tab has shown; what was dropped is made again when it is shown again. */
const maxEntries = 2_000;

/** Puts a value into a map of what a tab remembers, which drops its oldest entries beyond a bound. */
export function putBounded<Value>({ map, key, value }: { map: Map<string, Value>; key: string; value: Value }): void {
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= maxEntries) break;
    map.delete(oldest);
  }
}
