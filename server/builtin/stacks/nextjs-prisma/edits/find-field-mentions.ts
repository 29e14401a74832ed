import type { EntityNames } from "#server/builtin/entity-names.ts";
import type { NextProject } from "../read-next-project.ts";

/**
 * `path:line` of each line that mentions a field, in the TypeScript files that use the entity, for the user to check.
 */
export function findFieldMentions({
  project,
  names,
  field,
}: {
  project: NextProject;
  names: EntityNames;
  field: string;
}): string[] {
  const usesEntity = new RegExp(
    `\\bprisma\\.${names.camel}\\b|\\b${names.camel}\\w*Schema\\b|import[^;]*\\b${names.className}\\b[^;]*from`,
  );
  const mention = new RegExp(`\\b${field}\\b`);
  return project.draft.paths.flatMap((path) => {
    const text = /\.tsx?$/.test(path) ? (project.draft.find(path) ?? "") : "";
    if (!usesEntity.test(text)) return [];
    return text
      .split("\n")
      .flatMap((line, index) =>
        mention.test(line.replace(/"[^"]*"|\bstatus: \d{3}\b/g, "")) && !/^\s*(?:\/\/|\/?\*|import\b)/.test(line)
          ? [`${path}:${index + 1}`]
          : [],
      );
  });
}
