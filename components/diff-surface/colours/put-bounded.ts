/** The number of reviews whose data a tab caches; evicted data is recomputed when needed. */
const maxEntries = 2_000;

/** Adds a value to a tab's cache, which evicts its oldest entries above a bound. */
export function putBounded<Value>({ map, key, value }: { map: Map<string, Value>; key: string; value: Value }): void {
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= maxEntries) break;
    map.delete(oldest);
  }
}
