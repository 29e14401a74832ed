import { listLines, placesOf, type Labeller, type SourceFile } from "./label.ts";

const isScript = ({ path }: SourceFile) => /\.(?:[cm]?[jt]s|[jt]sx)$/.test(path) && !path.endsWith(".d.ts");
const hasDefault = /^export default\b|^export \{ default|^export \{[^}]*as default/m;

export const labelPrisma: Labeller = (files) => {
  const sources = files.filter(({ path }) => path.endsWith(".prisma"));
  const enums = sources.flatMap(({ text }) => [...text.matchAll(/^enum (\w+)/gm)].map(([, name]) => name ?? ""));
  const scalar = new RegExp(
    `^\\s+\\w+\\s+(?:String|Boolean|Int|BigInt|Float|Decimal|DateTime|Json|Bytes|Unsupported|${enums.join("|") || "-"})\\b`,
  );
  const fields = sources.flatMap((file) => {
    let isInModel = false;
    return listLines(file).flatMap(({ place, line }) => {
      if (/^(?:model|view|type) /.test(line)) isInModel = true;
      else if (line.startsWith("}")) isInModel = false;
      return isInModel && scalar.test(line) ? [place] : [];
    });
  });
  return {
    entities: placesOf({ files: sources, pattern: /^(?:model|view|type) \w+ \{/gm }),
    fields: new Set(fields),
  };
};

export const labelZod: Labeller = (files) => ({
  entities: placesOf({
    files,
    pattern:
      /^(?:export )?const (?<at>\w+)(?::[^=\n]+)? = (?:z\s*\.\s*(?:(?:strict|loose)?[oO]bject\(\{(?!\}\))|discriminatedUnion\(|intersection\(|union\(\[\s*[A-Z])|\w+\s*\.\s*(?:extend|pick|omit|partial|merge|and)\()/gm,
    isWanted: (file) => isScript(file) && /\bzod\b/.test(file.text),
  }),
});

export const labelTrpc: Labeller = (files) => ({
  routes: placesOf({
    files,
    pattern: /(?:^\s*|[pP]rocedure)\.(?<at>query|mutation|subscription)\(/gm,
    isWanted: (file) =>
      isScript(file) && /[pP]rocedure/.test(file.text) && /\.input\(|\.output\(|\bctx\b/.test(file.text),
  }),
});

export const labelNextApp: Labeller = (files) => ({
  routes: new Set([
    ...placesOf({
      files,
      pattern: /^export (?:async )?(?:function|const) (?<at>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/gm,
      isWanted: ({ path }) => /(?:^|\/)app\/(?:.*\/)?route\.[jt]sx?$/.test(path),
    }),
    // A Hono router behind a Next route.
    ...placesOf({
      files,
      pattern: /^\s*app\.(?:get|post|put|patch|delete)\(|^ {2}\.(?:get|post|put|patch|delete)\(/gm,
      isWanted: ({ path, text }) => /(?:^|\/)app\/(?:.*\/)?route\.[jt]s$/.test(path) && /\bHono\b/.test(text),
    }),
    ...files.flatMap(({ path, text }) =>
      /(?:^|\/)app\/(?:.*\/)?page\.[jt]sx$/.test(path) && hasDefault.test(text) ? [`${path}:0`] : [],
    ),
  ]),
});

export const labelNextPages: Labeller = (files) => ({
  routes: new Set(
    files.flatMap(({ path, text }) =>
      /(?:^|\/)pages\/(?:(?!_)[^/]+\/)*(?!_|404|500)[^/]+\.(?:[jt]sx?)$/.test(path) && hasDefault.test(text)
        ? [`${path}:0`]
        : [],
    ),
  ),
});

/** Any file in `app/routes` that renders or responds, whatever its name. */
export const labelRemixRoutes: Labeller = (files) => ({
  routes: new Set(
    files.flatMap(({ path, text }) =>
      /(?:^|\/)app\/routes\/.*\.[jt]sx?$/.test(path) &&
      !/\.test\./.test(path) &&
      !/(?:^|\/)_?layout\.|_layout\.|\.server\.|\/__/.test(path.slice(path.indexOf("routes/"))) &&
      (hasDefault.test(text) || /^export (?:async )?(?:function|const) (?:loader|action)\b/m.test(text))
        ? [`${path}:0`]
        : [],
    ),
  ),
});

export const labelTanstack: Labeller = (files) => ({
  routes: placesOf({
    files,
    pattern: /createFileRoute\(\s*["'](?!\/?(?:[^"']*\/)?_[^/"']*["'])[^"']*["']/g,
    isWanted: (file) => isScript(file) && !/routeTree\.gen/.test(file.path),
  }),
});

export const labelSequelize: Labeller = (files) => ({
  entities: placesOf({ files, pattern: /sequelize\.define\(/g, isWanted: isScript }),
  fields: new Set(
    files
      .filter((file) => isScript(file) && /sequelize\.define\(/.test(file.text))
      .flatMap((file) => {
        const lines = listLines(file);
        const margin = /^(\s*)\w+: (?:\{|DataTypes)/m.exec(file.text)?.[1]?.replace(/^\n+/, "") ?? "";
        return lines.flatMap(({ place, line }) =>
          new RegExp(`^${margin}\\w+: (?:\\{|DataTypes)`).test(line) ? [place] : [],
        );
      }),
  ),
});

export const labelGraphql: Labeller = (files) => {
  const sources = files.filter(
    ({ path, text }) =>
      /\.(?:graphqls?|gql)$/.test(path) || (/gql`/.test(text) && /\btype (?:Query|\w+) \{/.test(text)),
  );
  const inType: Record<"fields" | "routes", Set<string>> = { fields: new Set(), routes: new Set() };
  for (const file of sources) {
    let target: "fields" | "routes" | null = null;
    let depth = 0;
    for (const { place, line } of listLines(file)) {
      const name = /^\s*(?:extend )?(?:type|input|interface) (\w+)[^{]*\{/.exec(line)?.[1];
      if (name !== undefined) target = /^(?:Query|Mutation|Subscription)$/.test(name) ? "routes" : "fields";
      else if (/^\s*\}/.test(line)) target = null;
      else if (
        target !== null &&
        depth === 0 &&
        /^\s*\w+\s*(?:\([^)]*\)?)?\s*(?::|$)/.test(line) &&
        !/^\s*\)/.test(line)
      )
        inType[target].add(place);
      depth = Math.max(0, depth + (line.match(/\(/g)?.length ?? 0) - (line.match(/\)/g)?.length ?? 0));
    }
  }
  return {
    entities: placesOf({
      files: sources,
      pattern: /^\s*(?:type|input|interface) (?<at>(?!Query\b|Mutation\b|Subscription\b)\w+)[^{\n]*\{/gm,
    }),
    ...inType,
  };
};
