import { listLines, placesOf, type Labeller } from "./label.ts";

export const labelJpa: Labeller = (files) => {
  const sources = files.filter(
    ({ path, text }) => path.endsWith(".java") && /@(?:Entity|MappedSuperclass)\b/.test(text),
  );
  return {
    entities: placesOf({ files: sources, pattern: /@Entity\b[^;]*?\bclass (?<at>\w+)/g }),
    fields: new Set(
      sources.flatMap((file) => {
        const lines = listLines(file);
        return lines.flatMap(({ place, line }, at) => {
          const marks = lines.slice(Math.max(0, at - 6), at).map((each) => each.line);
          const own = marks.slice(marks.findLastIndex((mark) => /[;{}]\s*$/.test(mark)) + 1).join(" ");
          return /^\s+(?:private|protected) (?!static)[\w<>, ]+ \w+(?: =.*)?;/.test(line) &&
            !/@(?:OneToMany|ManyToMany|ManyToOne|OneToOne|Transient)/.test(own)
            ? [place]
            : [];
        });
      }),
    ),
  };
};

export const labelSpring: Labeller = (files) => ({
  routes: placesOf({
    files,
    pattern: /^\s+@(?:Get|Post|Put|Patch|Delete|Request)Mapping\b/gm,
    isWanted: ({ path, text }) => path.endsWith(".java") && /@(?:Rest)?Controller\b/.test(text),
  }),
});

export const labelSql: Labeller = (files) => ({
  entities: placesOf({
    files,
    pattern: /^\s*CREATE (?:TEMP(?:ORARY)? |UNLOGGED )?TABLE\b/gim,
    isWanted: ({ path }) => path.endsWith(".sql"),
  }),
});

const verbs = /^(?:get|put|post|delete|patch|head|options):/;

/** By YAML indentation: paths at two, methods at four, schemas at four. */
export const labelOpenapi: Labeller = (files) => {
  const labels = { entities: new Set<string>(), fields: new Set<string>(), routes: new Set<string>() };
  for (const file of files) {
    if (!/\.ya?ml$/.test(file.path) || !/^openapi:/m.test(file.text)) continue;
    let section = "";
    let block = "";
    let name = "";
    for (const { place, line } of listLines(file)) {
      if (/^\w/.test(line)) section = line.trim();
      if (/^ {2}\w/.test(line)) block = line.trim();
      if (section === "paths:" && /^ {4}\w/.test(line) && verbs.test(line.trim())) labels.routes.add(place);
      if (section !== "components:" || block !== "schemas:") continue;
      if (/^ {4}\w+:$/.test(line)) name = place;
      if (/^ {6}properties:/.test(line)) labels.entities.add(name);
      if (/^ {8}\w+:\s*$/.test(line) && labels.entities.has(name)) labels.fields.add(place);
    }
  }
  return labels;
};
