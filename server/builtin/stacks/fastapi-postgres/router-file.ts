import { withArticle } from "#server/builtin/entity-names.ts";
import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { PlannedEntity, PlannedLink, PlannedReference } from "#server/builtin/project-plan.ts";
import { type PythonCode, type PythonImport, renderPythonCall, renderPythonImports } from "./python-source.ts";
import type { PythonLayout } from "./python-layout.ts";

/**
 * A module with one entity's routes. It defines its own session alias and `get_or_404` if the project has none to
 * share.
 */
export function renderRouterFile({ entity, layout }: { entity: PlannedEntity; layout: PythonLayout }): GeneratedFile {
  const { names, links } = entity;
  const { session, getOr404Path } = layout;
  const sections = [
    `"""Routes under /${names.kebabPlural}."""`,
    renderPythonImports(routerImports({ entity, layout })),
    ...(session.kind === "alias" ? [] : [`SessionDep = Annotated[Session, Depends(${session.name})]`]),
    `router = APIRouter(prefix="/${names.kebabPlural}", tags=["${names.wordsPlural}"])`,
    ...(getOr404Path === null ? [`\n${ownGetOr404}`] : []),
    ...renderRoutes(entity).map((route) => `\n${route}`),
    ...links
      .filter(({ isOwner }) => isOwner)
      .flatMap((link) => renderLinkRoutes({ entity, link }).map((route) => `\n${route}`)),
  ];
  const text = `${sections.join("\n\n")}\n`;
  return {
    path: layout.routerPath(names),
    text: session.kind === "alias" ? text.replaceAll("SessionDep", session.name) : text,
  };
}

/** The routes for a module that contains the application itself, with its session source. */
export function renderApplicationRoutes({
  entity,
  layout,
  application,
  modulePath,
}: {
  entity: PlannedEntity;
  layout: PythonLayout;
  application: string;
  modulePath: string;
}): PythonCode {
  const { names } = entity;
  const routes = [...(layout.getOr404Path === null ? [ownGetOr404] : []), ...renderRoutes(entity)].join("\n\n\n");
  const session = layout.session.kind === "alias" ? layout.session.name : `Session = Depends(${layout.session.name})`;
  const code = routes
    .replace(/@router\.(\w+)\("/g, (_, method: string) => `@${application}.${method}("/${names.kebabPlural}`)
    .replaceAll("session: SessionDep", `session: ${session}`);
  const unneeded = new Set([
    "APIRouter",
    "Annotated",
    "SessionDep",
    ...(layout.session.path === modulePath ? [layout.session.name] : []),
    ...(layout.getOr404Path === modulePath ? ["get_or_404"] : []),
  ]);
  const imports = routerImports({ entity, layout: { ...layout, routerPath: () => modulePath } }).filter(
    ({ name }) => name === undefined || !unneeded.has(name),
  );
  return { code, imports };
}

function routerImports({ entity, layout }: { entity: PlannedEntity; layout: PythonLayout }): PythonImport[] {
  const { names, references, links } = entity;
  const { session, getOr404Path } = layout;
  const from = layout.routerPath(names);
  const module = (to: string): string => layout.moduleName({ from, to });
  const linked = links.filter(({ isOwner }) => isOwner).map(({ target }) => target);
  return [
    { module: "collections.abc", name: "Sequence" },
    { module: "fastapi", name: "APIRouter" },
    { module: "sqlalchemy", name: "select" },
    { module: module(session.path), name: session.kind === "alias" ? "SessionDep" : session.name },
    ...(session.kind === "alias"
      ? []
      : [
          { module: "typing", name: "Annotated" },
          { module: "fastapi", name: "Depends" },
        ]),
    ...(session.kind === "alias" && getOr404Path !== null ? [] : [{ module: "sqlalchemy.orm", name: "Session" }]),
    ...(getOr404Path === null
      ? [
          { module: "typing", name: "Any" },
          { module: "fastapi", name: "HTTPException" },
        ]
      : [{ module: module(getOr404Path), name: "get_or_404" }]),
    ...[names, ...references.map(({ target }) => target), ...linked].map((target) => ({
      module: module(layout.modelPath(target)),
      name: target.className,
    })),
    ...["Create", "Read", "Update"].map((suffix) => ({
      module: module(layout.schemaPath(names)),
      name: `${names.className}${suffix}`,
    })),
    ...linked.map((target) => ({ module: module(layout.schemaPath(target)), name: `${target.className}Read` })),
  ];
}

const ownGetOr404 = `def get_or_404(session: Session, model: type[Any], record_id: int) -> Any:
    """The record with this id; a 404 answer where there is none."""
    record = session.get(model, record_id)
    if record is None:
        raise HTTPException(status_code=404, detail=f"{model.__name__} not found")
    return record`;

function renderRoutes(entity: PlannedEntity): string[] {
  const { names, references } = entity;
  const { className, pythonVariable: variable, snake, snakePlural, words, wordsPlural } = names;
  const idPath = `"/{${snake}_id}"`;
  const find = [`session`, className, `${snake}_id`];
  const load = renderPythonCall({ indent: "    ", head: `${variable} = get_or_404`, args: find });
  return [
    `@router.get("", response_model=list[${className}Read])
def list_${snakePlural}(session: SessionDep) -> Sequence[${className}]:
    """All ${wordsPlural}, oldest first."""
    statement = select(${className}).order_by(${className}.id)
    return session.scalars(statement).all()`,
    `@router.post("", response_model=${className}Read, status_code=201)
${renderPythonCall({ indent: "", head: `def create_${snake}`, args: [`payload: ${className}Create`, "session: SessionDep"], tail: ` -> ${className}:` })}
    """Create ${withArticle(words)}."""
${references.map((reference) => `${renderReferenceCheck({ reference, indent: "    ", mayBeMissing: reference.isOptional })}\n`).join("")}    ${variable} = ${className}(**payload.model_dump())
    session.add(${variable})
    session.commit()
    return ${variable}`,
    `@router.get(${idPath}, response_model=${className}Read)
${renderPythonCall({ indent: "", head: `def get_${snake}`, args: [`${snake}_id: int`, "session: SessionDep"], tail: ` -> ${className}:` })}
    """One ${words}, or 404."""
${renderPythonCall({ indent: "    ", head: "return get_or_404", args: find })}`,
    `@router.patch(${idPath}, response_model=${className}Read)
${renderPythonCall({ indent: "", head: `def update_${snake}`, args: [`${snake}_id: int`, `payload: ${className}Update`, "session: SessionDep"], tail: ` -> ${className}:` })}
    """Change the fields that are sent."""
${load}
${references.map((reference) => `${renderReferenceCheck({ reference, indent: "    ", mayBeMissing: true })}\n`).join("")}    for field, value in payload.model_dump(exclude_unset=True).items():
        setattr(${variable}, field, value)
    session.commit()
    return ${variable}`,
    `@router.delete(${idPath}, status_code=204)
${renderPythonCall({ indent: "", head: `def delete_${snake}`, args: [`${snake}_id: int`, "session: SessionDep"], tail: " -> None:" })}
    """Delete ${withArticle(words)}."""
    session.delete(get_or_404(session, ${className}, ${snake}_id))
    session.commit()`,
  ];
}

/** Responds 404 if the referenced record does not exist, before the database rejects the key. */
function renderReferenceCheck({
  reference,
  indent,
  mayBeMissing,
}: {
  reference: PlannedReference;
  indent: string;
  mayBeMissing: boolean;
}): string {
  const check = `get_or_404(session, ${reference.target.className}, payload.${reference.fieldName})`;
  return mayBeMissing
    ? `${indent}if payload.${reference.fieldName} is not None:\n${indent}    ${check}`
    : `${indent}${check}`;
}

function renderLinkRoutes({ entity, link }: { entity: PlannedEntity; link: PlannedLink }): string[] {
  const { names } = entity;
  const { target, fieldName } = link;
  const owner = names.pythonVariable;
  const other = target.pythonVariable;
  const listPath = `"/{${names.snake}_id}/${fieldName.replaceAll("_", "-")}"`;
  const onePath = `"/{${names.snake}_id}/${fieldName.replaceAll("_", "-")}/{${target.snake}_id}"`;
  const bothIds = [`${names.snake}_id: int`, `${target.snake}_id: int`, "session: SessionDep"];
  const loadBoth = `    ${owner} = get_or_404(session, ${names.className}, ${names.snake}_id)\n    ${other} = get_or_404(session, ${target.className}, ${target.snake}_id)`;
  return [
    `@router.get(${listPath}, response_model=list[${target.className}Read])
${renderPythonCall({ indent: "", head: `def list_${names.snake}_${fieldName}`, args: [`${names.snake}_id: int`, "session: SessionDep"], tail: ` -> list[${target.className}]:` })}
    """The ${target.wordsPlural} of ${withArticle(names.words)}."""
    return get_or_404(session, ${names.className}, ${names.snake}_id).${fieldName}`,
    `${renderPythonCall({ indent: "", head: "@router.put", args: [onePath, "status_code=204"] })}
${renderPythonCall({ indent: "", head: `def add_${names.snake}_${target.snake}`, args: bothIds, tail: " -> None:" })}
    """Link ${withArticle(target.words)} to ${withArticle(names.words)}; linking twice changes nothing."""
${loadBoth}
    if ${other} not in ${owner}.${fieldName}:
        ${owner}.${fieldName}.append(${other})
        session.commit()`,
    `${renderPythonCall({ indent: "", head: "@router.delete", args: [onePath, "status_code=204"] })}
${renderPythonCall({ indent: "", head: `def remove_${names.snake}_${target.snake}`, args: bothIds, tail: " -> None:" })}
    """Undo the link; neither record is deleted."""
${loadBoth}
    if ${other} in ${owner}.${fieldName}:
        ${owner}.${fieldName}.remove(${other})
        session.commit()`,
  ];
}
