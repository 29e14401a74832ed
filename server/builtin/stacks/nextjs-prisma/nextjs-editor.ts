import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { ProjectDraft } from "#server/builtin/edits/project-draft.ts";
import type { ProjectEditor } from "#server/builtin/project-editor.ts";
import type { RequestIntent } from "#server/builtin/request-intent.ts";
import { type RuleOutcome, refuse } from "#server/builtin/rule-outcome.ts";
import { addEntity } from "./edits/add-entity.ts";
import { addFields } from "./edits/add-fields.ts";
import { addMissingFiles } from "./edits/add-missing-files.ts";
import { addFilter, addPagination } from "./edits/change-list-route.ts";
import { removeEntity } from "./edits/remove-entity.ts";
import { removeFields } from "./edits/remove-fields.ts";
import { renameField } from "./edits/rename-field.ts";
import { readNextProject, scalarFields, type NextProject } from "./read-next-project.ts";

/** An editor for a project with a Prisma schema; null for any other. */
export function openNextjsEditor({
  draft,
  parser,
}: {
  draft: ProjectDraft;
  parser: SourceParser;
}): ProjectEditor | null {
  const project = readNextProject({ draft, parser });
  if (project === null) return null;
  return {
    entities: project.models.map((model) => ({
      name: model.name,
      fields: scalarFields({ model, project }).map(({ name }) => name),
    })),
    run: (intent) => runIntent({ project: readNextProject({ draft, parser }) ?? project, intent }),
  };
}

function runIntent({ project, intent }: { project: NextProject; intent: RequestIntent }): RuleOutcome {
  if (intent.kind === "add-entity") return addEntity({ project, entity: intent.entity });
  if (intent.kind === "add-files")
    return addMissingFiles({ project, fileKind: intent.fileKind, entityName: intent.entity });
  const model = project.models.find(({ name }) => name === intent.entity);
  if (model === undefined) return refuse(`The project has no model ${intent.entity}.`);
  switch (intent.kind) {
    case "add-fields":
      return addFields({ project, model, fields: intent.fields });
    case "rename-field":
      return renameField({ project, model, from: intent.from, to: intent.to });
    case "remove-fields":
      return removeFields({ project, model, fields: intent.fields });
    case "remove-entity":
      return removeEntity({ project, model });
    case "add-pagination":
      return addPagination({ project, model });
    case "add-filter":
      return addFilter({ project, model, fields: intent.fields });
  }
}
