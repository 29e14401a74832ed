import type { CodeRoute } from "#lib/contracts/versions/code-schema.ts";
import type { SchemaChange } from "#lib/contracts/comparisons/schema-diff.ts";
import type { Substitution } from "../validation/loss/substitution.ts";
import { isSubstituted, pairByEvidence } from "./pair-by-evidence.ts";

/** The changes of routes, named like `GET /tasks/{id}`. */
export function diffRoutes({
  before,
  after,
  substitutions,
}: {
  before: readonly CodeRoute[];
  after: readonly CodeRoute[];
  substitutions: readonly Substitution[];
}): SchemaChange[] {
  const old = new Map(before.map((route) => [nameOf(route), route]));
  const next = new Map(after.map((route) => [nameOf(route), route]));
  const removed = [...old.values()].filter((route) => !next.has(nameOf(route)));
  const added = [...next.values()].filter((route) => !old.has(nameOf(route)));
  const renamed = pairByEvidence({ removed, added, score: (from, to) => scoreRename({ from, to, substitutions }) });
  const taken = new Set(renamed.flatMap((pair) => [pair.before, pair.after]));
  return [
    ...removed.filter((route) => !taken.has(route)).map((route) => toChange({ route, change: "removed" })),
    ...added.filter((route) => !taken.has(route)).map((route) => toChange({ route, change: "added" })),
    ...renamed.map((pair): SchemaChange => ({
      ...toChange({ route: pair.after, change: "renamed" }),
      previousName: nameOf(pair.before),
      // With another method or path, an unchanged caller finds nothing.
      isDestructive: false,
    })),
    ...[...next].flatMap(([name, route]): SchemaChange[] => {
      const known = old.get(name);
      return known === undefined || known.handler === route.handler
        ? []
        : [{ ...toChange({ route, change: "changed" }), detail: `handler ${known.handler} → ${route.handler}` }];
    }),
  ];
}

function nameOf({ method, route }: CodeRoute): string {
  return `${method} ${route}`;
}

function scoreRename({
  from,
  to,
  substitutions,
}: {
  from: CodeRoute;
  to: CodeRoute;
  substitutions: readonly Substitution[];
}): number {
  const isSameMethod = from.method === to.method;
  if (isSameMethod && withoutParameters(from.route) === withoutParameters(to.route)) return 1;
  if (isSameMethod && isSubstituted({ from: from.route, to: to.route, substitutions })) return 0.9;
  // `default` and `GET` are handlers of many routes.
  const isSameHandler =
    from.handler === to.handler && from.path === to.path && !/^(?:default|[A-Z]+)$/.test(from.handler);
  return isSameHandler ? (isSameMethod ? 0.8 : 0.5) : 0;
}

/** `/tasks/{id}`, `/tasks/:taskId` and `/tasks/[id]` are one route with different parameter syntax. */
function withoutParameters(route: string): string {
  return route.replace(/\{[^}]*\}|<[^>]*>|\[[^\]]*\]|:\w+/g, "{}").replace(/(.)\/$/, "$1");
}

function toChange({ route, change }: { route: CodeRoute; change: SchemaChange["change"] }): SchemaChange {
  const { path, line, isExample } = route;
  return { change, isDestructive: change === "removed" && isExample !== true, name: nameOf(route), path, line };
}
