import { useCommandState } from "cmdk";
import { useEffect, useEffectEvent, useRef } from "react";

/**
 * Moves the group with the best match to the top of the list around it, and reports that match's value. cmdk sorts the
 * entries of a group; it sorts groups too, but looks them up by an attribute that has another value (1.1.1), so that
 * they stay in their order.
 */
export function BestMatchFirst({ onBest }: { onBest: (value: string) => void }) {
  const place = useRef<HTMLSpanElement>(null);
  const search: string = useCommandState(({ search: text }) => text);
  const scores: ReadonlyMap<string, number> = useCommandState(({ filtered }) => filtered.items);
  const sort = useEffectEvent(() => {
    const list = place.current?.parentElement;
    if (search === "" || !list) return;
    const scoreOf = (group: Element) =>
      Math.max(0, ...[...group.querySelectorAll("[cmdk-item]")].map(({ id }) => scores.get(id) ?? 0));
    const groups = [...list.querySelectorAll(":scope > [cmdk-group]")].map((group) => ({
      group,
      score: scoreOf(group),
    }));
    for (const { group } of groups.toSorted((one, other) => other.score - one.score)) list.append(group);
    const best = list.querySelector("[cmdk-item]")?.getAttribute("data-value");
    if (typeof best === "string") onBest(best);
  });
  // After cmdk, which selects the first entry in its own order.
  useEffect(() => sort(), [search]);
  return <span ref={place} hidden />;
}
