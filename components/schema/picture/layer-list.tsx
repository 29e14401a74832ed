import type { EntityLayer, EntityLayers } from "#lib/contracts/versions/code-schema.ts";
import { PlaceLink, type VersionPlace } from "../place-link.tsx";

const layerWords: Record<EntityLayer, string> = {
  table: "Table",
  migration: "Migration",
  request: "Request",
  response: "Response",
  type: "Type",
  route: "Route",
  screen: "Screen",
};
/** Per layer; the list has all. */
const maxShown = 6;

/** The other layers of a table, and the layers that it lacks although most have them. */
export function LayerList({ layers: { layers, missing }, version }: { layers: EntityLayers; version: VersionPlace }) {
  const byLayer = Map.groupBy(
    layers.filter(({ layer }) => layer !== "table"),
    ({ layer }) => layer,
  );
  if (byLayer.size === 0 && missing.length === 0) return null;
  return (
    <section aria-label="Layers" className="flex flex-col gap-1 text-sm">
      <h3 className="font-medium">Layers</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
        {[...byLayer].map(([layer, places]) => (
          <div key={layer} className="contents">
            <dt className="text-muted">{layerWords[layer]}</dt>
            <dd className="flex flex-col">
              {places.slice(0, maxShown).map(({ name, path, line }) => (
                <span key={`${path}:${line}:${name}`} className="flex flex-wrap items-center gap-x-2">
                  <span className="font-mono text-xs [overflow-wrap:anywhere]">{name}</span>
                  <PlaceLink version={version} place={{ path, line }} />
                </span>
              ))}
              {places.length > maxShown && <span className="text-xs text-muted">{places.length - maxShown} more</span>}
            </dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 && (
        <p className="text-caution">
          Missing, while most tables have it: {missing.map((layer) => layerWords[layer].toLowerCase()).join(", ")}
        </p>
      )}
    </section>
  );
}
