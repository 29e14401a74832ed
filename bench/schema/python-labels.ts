import { listLines, placesOf, type Labeller, type SourceFile } from "./label.ts";

type ClassBlock = {
  name: string;
  bases: string[];
  place: string;
  head: string;
  body: { place: string; line: string }[];
};

/** Returns the classes with an indentation of at most four spaces, each with its body. */
function listBlocks(files: readonly SourceFile[]): ClassBlock[] {
  const blocks: ClassBlock[] = [];
  for (const file of files) {
    if (!file.path.endsWith(".py") || /(?:^|\/)migrations\//.test(file.path)) continue;
    const lines = listLines(file);
    for (const [at, { line, place }] of lines.entries()) {
      const [, margin = "", name] = /^( {0,4})class (\w+)/.exec(line) ?? [];
      if (name === undefined) continue;
      const rest = lines.slice(at);
      const headEnd = rest.findIndex((each) => /:\s*(?:#.*)?$/.test(each.line));
      const head = rest
        .slice(0, headEnd + 1)
        .map((each) => each.line)
        .join(" ");
      const bases = (/\(([^]*)\)\s*:/.exec(head)?.[1] ?? "")
        .replace(/\[[^\]]*\]/g, "")
        .split(",")
        .map((base) => base.trim())
        .filter((base) => base !== "" && !base.includes("="));
      const outside = new RegExp(`^\\s{0,${margin.length}}[^\\s)#]`);
      const bodyEnd = rest.findIndex((each, index) => index > headEnd && outside.test(each.line));
      const body = rest.slice(headEnd + 1, bodyEnd === -1 ? undefined : bodyEnd);
      // Dedented.
      const moved = body.map((each) => ({ ...each, line: each.line.slice(margin.length) }));
      blocks.push({ name, bases, place, head, body: moved });
    }
  }
  return blocks;
}

/** The classes that descend from one of the roots, by the names of bases alone. */
function descend(blocks: readonly ClassBlock[], roots: RegExp): Set<ClassBlock> {
  const found = new Set<ClassBlock>();
  const names = new Set<string>();
  const last = (name: string) => name.slice(name.lastIndexOf(".") + 1);
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const block of blocks)
      if (block.bases.some((base) => roots.test(base) || names.has(last(base)))) {
        found.add(block);
        names.add(block.name);
      }
  }
  return found;
}

/** Lines one level deep: methods and nested classes are deeper. */
function fieldPlaces(blocks: Iterable<ClassBlock>, isField: (line: string) => boolean): Set<string> {
  return new Set([...blocks].flatMap(({ body }) => body.flatMap(({ place, line }) => (isField(line) ? [place] : []))));
}

export const labelDjango: Labeller = (files) => {
  const blocks = listBlocks(files.filter(({ text }) => /django|wagtail|abstract_models/.test(text)));
  const models = descend(
    blocks,
    /^(?:\w+\.)*models\.Model$|^Model$|^(?:\w+\.)*Abstract(?:Base)?User$|^(?:MP_Node|ClusterableModel|Page|Base(?:Site|Generic)Setting|Abstract(?:Email)?Form|AbstractFormField|TaggedItemBase)$/,
  );
  const isAbstract = ({ body }: ClassBlock) => body.some(({ line }) => /^ {8}(?:abstract|proxy) = True/.test(line));
  return {
    entities: new Set([...models].filter((block) => !isAbstract(block)).map(({ place }) => place)),
    fields: fieldPlaces(models, (line) =>
      /^ {4}\w+ = (?:\w+\.)*(?!(?:Parental)?ManyToMany|Generic)\w*(?:Field|ForeignKey|ParentalKey)\(/.test(line),
    ),
  };
};

export const labelDjangoUrls: Labeller = (files) => ({
  routes: new Set([...labelPaths(files), ...(labelPythonRoutes(files).routes ?? [])]),
});

const labelPaths = (files: readonly SourceFile[]) =>
  placesOf({
    files,
    pattern: /(?<![.\w])(?:re_)?path\(\s*(?:(?!\binclude\(|\.urls\b|\[0\])[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g,
    isWanted: ({ path, text }) => path.endsWith(".py") && /urlpatterns|get_urls/.test(text) && /django/.test(text),
  });

export const labelPydantic: Labeller = (files) => {
  const models = [...descend(listBlocks(files), /^(?:\w+\.)*(?:BaseModel|SQLModel|BaseSettings|RootModel)$/)];
  return {
    entities: new Set(models.map(({ place }) => place)),
    fields: fieldPlaces(
      models,
      (line) => /^ {4}(?!_|model_config)\w+\s*:\s*\S/.test(line) && !/=\s*Relationship\(|ClassVar/.test(line),
    ),
  };
};

const labelSqlalchemy: Labeller = (files) => ({
  entities: new Set(
    [...descend(listBlocks(files), /^(?:db\.Model|Base|DeclarativeBase)$/)]
      .filter(({ body }) => body.some(({ line }) => /Column\(|mapped_column\(|Mapped\[/.test(line)))
      .map(({ place }) => place),
  ),
  fields: new Set(
    listBlocks(files).flatMap(({ body }) =>
      body.flatMap(({ place, line }) =>
        /^ {4}\w+(?:\s*:\s*(?:\w+\.)?Mapped\[.*\])?\s*=\s*(?:\w+\.)?(?:Column|mapped_column)\(/.test(line) ||
        /^ {4}\w+\s*:\s*(?:\w+\.)?Mapped\[.*\]\s*$/.test(line)
          ? [place]
          : [],
      ),
    ),
  ),
});

/** `followers = sa.Table("followers", …)` and its columns. */
export const labelSqlalchemyTables: Labeller = (files) => {
  const sources = files.filter(({ path, text }) => path.endsWith(".py") && /^\w+ = (?:\w+\.)?Table\(/m.test(text));
  const classes = labelSqlalchemy(files);
  return {
    entities: new Set([
      ...(classes.entities ?? []),
      ...placesOf({ files: sources, pattern: /^\w+ = (?:\w+\.)?Table\(/gm }),
    ]),
    fields: new Set([...(classes.fields ?? []), ...placesOf({ files: sources, pattern: /^ {4}(?:\w+\.)?Column\(/gm })]),
  };
};

export const labelPythonRoutes: Labeller = (files) => ({
  routes: placesOf({
    files,
    pattern: /^@\w+\.(?:get|post|put|patch|delete|route)\(/gm,
    isWanted: ({ path }) => path.endsWith(".py"),
  }),
});
