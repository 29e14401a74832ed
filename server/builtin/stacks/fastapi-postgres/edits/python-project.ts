import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { ProjectDraft } from "#server/builtin/edits/project-draft.ts";
import type { PythonCode } from "../python-source.ts";
import { type FastapiProject, readFastapiProject } from "../read-fastapi-project.ts";
import { type ProjectLayout, readPythonLayout } from "../read-python-layout.ts";
import { addPythonImports } from "./add-python-imports.ts";
import { fitPythonCode } from "./fit-python-code.ts";
import { readPythonModule } from "./python-module.ts";

/** A draft of a FastAPI project with the facts that the rules need. */
export type PythonProject = {
  draft: ProjectDraft;
  parser: SourceParser;
  project: FastapiProject;
  layout: ProjectLayout;
};

/** Reads the current draft; call again after a change that a later step must see. */
export function openPythonProject({ draft, parser }: { draft: ProjectDraft; parser: SourceParser }): PythonProject {
  const project = readFastapiProject({ draft, parser });
  return { draft, parser, project, layout: readPythonLayout({ project, draft }) };
}

/** Changes a file that was read: adapts the code to the module, inserts it with `place`, and adds its imports. */
export function editModule({
  python,
  path,
  code,
  takenNames = [],
  place,
}: {
  python: PythonProject;
  path: string;
  code: PythonCode;
  takenNames?: readonly string[];
  place: (file: { text: string; code: string }) => string;
}): void {
  const { draft, parser, layout } = python;
  const text = draft.find(path) ?? "";
  const fitted = fitPythonCode({
    ...code,
    module: readPythonModule({ text, parser }),
    typePrefix: layout.style.typePrefix,
    takenNames,
  });
  draft.write({
    path,
    text: addPythonImports({ text: place({ text, code: fitted.code }), imports: fitted.imports, parser }),
  });
}
