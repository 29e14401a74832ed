import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { ProjectDraft } from "#server/builtin/edits/project-draft.ts";
import type { ProjectEditor } from "#server/builtin/project-editor.ts";
import type { RequestIntent } from "#server/builtin/request-intent.ts";
import { type RuleOutcome, refuse } from "#server/builtin/rule-outcome.ts";
import { addEntity } from "./edits/add-entity.ts";
import { addFields } from "./edits/add-fields.ts";
import { addMissingFiles } from "./edits/add-missing-files.ts";
import { addFilter, addPagination } from "./edits/change-list-route.ts";
import { type PythonProject, openPythonProject } from "./edits/python-project.ts";
import { removeEntity } from "./edits/remove-entity.ts";
import { removeFields } from "./edits/remove-fields.ts";
import { renameField } from "./edits/rename-field.ts";
import { type ModelClass, readFastapiProject } from "./read-fastapi-project.ts";

/** An editor for a project with SQLAlchemy models; null for any other. */
export function openFastapiEditor({
  draft,
  parser,
}: {
  draft: ProjectDraft;
  parser: SourceParser;
}): ProjectEditor | null {
  const { models } = readFastapiProject({ draft, parser });
  if (models.length === 0) return null;
  return {
    entities: models.map(({ name, columns }) => ({ name, fields: columns.map((column) => column.name) })),
    run: (intent) => runIntent({ python: openPythonProject({ draft, parser }), intent }),
  };
}

function runIntent({ python, intent }: { python: PythonProject; intent: RequestIntent }): RuleOutcome {
  if (intent.kind === "add-entity") return addEntity({ python, entity: intent.entity });
  if (intent.kind === "add-files")
    return addMissingFiles({ python, fileKind: intent.fileKind, entityName: intent.entity });
  const model: ModelClass | undefined = python.project.models.find(({ name }) => name === intent.entity);
  if (model === undefined) return refuse(`The project has no model ${intent.entity}.`);
  switch (intent.kind) {
    case "add-fields":
      return addFields({ python, model, fields: intent.fields });
    case "rename-field":
      return renameField({ python, model, from: intent.from, to: intent.to });
    case "remove-fields":
      return removeFields({ python, model, fields: intent.fields });
    case "remove-entity":
      return removeEntity({ python, model });
    case "add-pagination":
      return addPagination({ python, model });
    case "add-filter":
      return addFilter({ python, model, fields: intent.fields });
  }
}
