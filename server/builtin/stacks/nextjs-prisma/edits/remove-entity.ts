import { nameEntity } from "#server/builtin/entity-names.ts";
import { type RuleOutcome, done, joinWords, refuse } from "#server/builtin/rule-outcome.ts";
import {
  type NextProject,
  entityPaths,
  findKeys,
  findLiteral,
  findZodObjects,
  readNextProject,
} from "../read-next-project.ts";
import { migrationHint } from "./add-fields.ts";
import { removeEntries } from "./literal-edits.ts";
import { type PrismaBlock, removePrismaBlock, removePrismaField } from "./prisma-document.ts";
import { removeUnusedEnums } from "./remove-fields.ts";

/** Removes an entity: its model, the relations to it, its schema, routes, page and test. */
export function removeEntity({ project, model }: { project: NextProject; model: PrismaBlock }): RuleOutcome {
  const { draft, root } = project;
  const names = nameEntity(model.name);
  const dependent = project.models.find(
    (other) =>
      other.name !== model.name &&
      findKeys(other).some(({ relation }) => relation.type.replace(/[?[\]]+$/, "") === model.name),
  );
  if (dependent !== undefined) {
    return refuse(
      `${dependent.name} in ${project.schemaPath}:${dependent.line} belongs to ${model.name}. Remove ${dependent.name} first.`,
    );
  }
  if (project.models.length === 1) return refuse(`${model.name} is the project's only entity.`);
  const paths = entityPaths({ project, names });
  const zodPath = findZodObjects({ project, names })[0]?.path;
  const shared =
    zodPath !== undefined &&
    project.models.some(
      (other) =>
        other.name !== model.name &&
        findZodObjects({ project, names: nameEntity(other.name) }).some(({ path }) => path === zodPath),
    );
  const folders = [`${root}app/api/${names.kebabPlural}/`, `${root}app/${names.kebabPlural}/`];
  const removed = draft.paths.filter(
    (path) => folders.some((folder) => path.startsWith(folder)) || path === paths.test || (path === zodPath && !shared),
  );
  const owned = new Set(removed);
  const outside = draft.paths.find(
    (path) =>
      !owned.has(path) &&
      /\.tsx?$/.test(path) &&
      new RegExp(`\\bprisma\\.${names.camel}\\b`).test(draft.find(path) ?? ""),
  );
  if (outside !== undefined) return refuse(`${outside} still uses prisma.${names.camel}. Remove that use first.`);
  removed.forEach((path) => draft.delete(path));
  removeModel({ project, model });
  const sections = findLiteral({ project, name: "sections", isPath: (path) => path === `${root}app/page.tsx` });
  if (sections !== null)
    removeEntries({ project, place: sections, isGone: ({ text }) => text.includes(`href: "/${names.kebabPlural}"`) });
  const note = shared ? ` Its schema stays in ${zodPath}, beside those of others.` : "";
  return done(
    `Removed ${model.name}${removed.length === 0 ? "" : `, with ${joinWords(removed)}`}.${note} ${migrationHint(`remove_${names.snakePlural}`)} That drops what is stored there.`,
  );
}

function removeModel({ project, model }: { project: NextProject; model: PrismaBlock }): void {
  const { draft, parser, schemaPath } = project;
  draft.write({ path: schemaPath, text: removePrismaBlock({ text: draft.find(schemaPath) ?? "", block: model }) });
  for (;;) {
    const current = readNextProject({ draft, parser });
    const owner = current?.models.find(({ fields }) =>
      fields.some(({ type }) => type.replace(/[?[\]]+$/, "") === model.name),
    );
    const field = owner?.fields.find(({ type }) => type.replace(/[?[\]]+$/, "") === model.name);
    if (owner === undefined || field === undefined) break;
    draft.write({
      path: schemaPath,
      text: removePrismaField({ text: draft.find(schemaPath) ?? "", model: owner, field }),
    });
  }
  removeUnusedEnums({ project, names: model.fields.map(({ type }) => type.replace(/[?[\]]+$/, "")) });
}
