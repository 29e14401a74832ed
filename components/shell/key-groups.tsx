import { KeyHint, ModifierKeyHint } from "../ui/keys/key-hint.tsx";
import type { KeyGroup } from "./key-list.ts";

/** Keys and what they do, grouped by page. */
export function KeyGroups({ groups }: { groups: readonly KeyGroup[] }) {
  return (
    <div className={groups.length > 1 ? "gap-4 sm:columns-2" : undefined}>
      {groups.map(({ place, shortcuts }) => (
        <section key={place} aria-label={place} className="mb-4 break-inside-avoid">
          <h3 className="pb-1 text-xs font-medium text-muted">{place}</h3>
          <dl className="rounded-md border">
            {shortcuts.map(({ keys, does }) => (
              <div key={does} className="flex min-h-9 items-center gap-3 border-b px-3 py-1.5 text-sm last:border-b-0">
                <dt className="flex w-28 shrink-0 flex-wrap gap-1">
                  {keys.map((key) =>
                    key.startsWith("mod+") ? (
                      <ModifierKeyHint key={key} name={key.slice(4)} />
                    ) : (
                      <KeyHint key={key} name={key} />
                    ),
                  )}
                </dt>
                <dd className="text-muted">{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
