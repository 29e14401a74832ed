import { nameEntity } from "#server/builtin/entity-names.ts";
import { type ModelClass, type ShapeClass, findShapes } from "../read-fastapi-project.ts";
import type { PythonModule } from "./python-module.ts";
import type { PythonProject } from "./python-project.ts";

export type FieldUse = {
  path: string;
  line: number;
  start: number;
  end: number;
  isTest: boolean;
  /** In a docstring: renamed with the field, but no reason to keep it. */
  isDocumentation: boolean;
};

/**
 * Uses of a field outside declarations: as an attribute of the class or of a variable that holds such a record, as a
 * keyword argument, and in tests as a key. Only uses that are recognisable in the text are found.
 */
export function findFieldUses({
  python,
  model,
  field,
}: {
  python: PythonProject;
  model: ModelClass;
  field: string;
}): FieldUse[] {
  const { project } = python;
  const shapes = findShapes({ project, entityName: model.name });
  return [...project.modules].flatMap(([path, module]) => {
    const isTest = /(?:^|\/)tests?\/|(?:^|\/)test_\w+\.py$/.test(path);
    const spans = isTest
      ? findTestKeys({ module, model, field, path })
      : findCodeUses({ module, model, shapes, field });
    return spans.map(({ start, end }) => ({
      path,
      start,
      end,
      line: lineAt({ text: module.text, offset: start }),
      isTest,
      isDocumentation: isInDocstring({ text: module.text, offset: start }),
    }));
  });
}

type Span = { start: number; end: number };

function findCodeUses({
  module,
  model,
  shapes,
  field,
}: {
  module: PythonModule;
  model: ModelClass;
  shapes: ShapeClass[];
  field: string;
}): Span[] {
  const { text } = module;
  const classNames = [model.name, ...shapes.map(({ name }) => name)];
  const spans = [
    ...findAll({ text, pattern: new RegExp(`\\b(?:${classNames.join("|")})\\.(${field})\\b`, "g") }),
    ...findKeywordArguments({ text, classNames, field }),
  ];
  const holders = new RegExp(`^(?:db_|new_|existing_|updated_)?${nameEntity(model.name).pythonVariable}$`);
  for (const routine of module.functions) {
    if (!new RegExp(`\\b(?:${classNames.join("|")})\\b`).test(text.slice(routine.start, routine.end))) continue;
    const typed = [
      ...routine.parameters.text.matchAll(new RegExp(`(\\w+)\\s*:\\s*(?:\\w+\\.)?(?:${classNames.join("|")})\\b`, "g")),
    ].map((match) => match[1] ?? "");
    for (const match of routine.body.text.matchAll(new RegExp(`\\b(\\w+)\\.(${field})\\b`, "g"))) {
      const holder = match[1] ?? "";
      if (!typed.includes(holder) && !holders.test(holder)) continue;
      const start = routine.body.start + match.index + holder.length + 1;
      spans.push({ start, end: start + field.length });
    }
  }
  const unique = new Map(spans.map((span) => [span.start, span]));
  return [...unique.values()].sort((a, b) => a.start - b.start);
}

/** `Task(title=...)` and `TaskCreate(title=...)`, unless nested parentheses precede the name. */
function findKeywordArguments({
  text,
  classNames,
  field,
}: {
  text: string;
  classNames: string[];
  field: string;
}): Span[] {
  return findAll({
    text,
    pattern: new RegExp(`\\b(?:${classNames.join("|")})\\((?:[^()]|\\([^()]*\\))*?\\b(${field})\\s*=(?!=)`, "g"),
  });
}

/** In tests: keys in the entity's test module and in its factory function. */
function findTestKeys({
  module,
  model,
  field,
  path,
}: {
  module: PythonModule;
  model: ModelClass;
  field: string;
  path: string;
}): Span[] {
  const { snake, snakePlural } = nameEntity(model.name);
  const { text } = module;
  const key = new RegExp(`(?<=["'])(${field})(?=["'])`, "g");
  if (new RegExp(`(?:^|/)test_(?:${snake}|${snakePlural})\\.py$`).test(path)) {
    return [
      ...findAll({ text, pattern: key }),
      ...findAll({ text, pattern: new RegExp(`\\bcreate_${snake}\\([^()]*\\b(${field})\\s*=`, "g") }),
    ];
  }
  const factory = module.functions.find(({ name }) => name === `create_${snake}`);
  if (factory === undefined) return [];
  return findAll({ text, pattern: key }).filter(({ start }) => start > factory.start && start < factory.end);
}

/** The spans of the first group. */
function findAll({ text, pattern }: { text: string; pattern: RegExp }): Span[] {
  return [...text.matchAll(pattern)].map((match) => {
    const name = match[1] ?? "";
    const start = match.index + match[0].lastIndexOf(name);
    return { start, end: start + name.length };
  });
}

function isInDocstring({ text, offset }: { text: string; offset: number }): boolean {
  return [...text.matchAll(/"""[\s\S]*?"""|'''[\s\S]*?'''/g)].some(
    (match) => match.index <= offset && offset < match.index + match[0].length,
  );
}

function lineAt({ text, offset }: { text: string; offset: number }): number {
  return text.slice(0, offset).split("\n").length;
}
