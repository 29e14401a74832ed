import type { CodeRoute } from "#lib/contracts/versions/code-schema.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { assembleCodeSchema } from "#server/core/schema-extraction/assemble-code-schema.ts";
import { extractFileFacts, type FileFacts } from "#server/core/schema-extraction/extract-file-facts.ts";
import { DraftCache } from "#server/builtin/edits/draft-cache.ts";
import type { EntityNames } from "#server/builtin/entity-names.ts";
import type { PythonProject } from "./python-project.ts";

const factsCache = new DraftCache<FileFacts | null>();

/**
 * The URL of an entity's five routes, including all prefixes: `/api/tasks`. Null if one of them is missing, or if
 * create and delete respond with other codes than 201 and 204, which generated tests expect.
 */
export function findResourceUrl({ python, names }: { python: PythonProject; names: EntityNames }): string | null {
  const { draft, parser, project } = python;
  const facts = new Map<FilePath, FileFacts>();
  for (const [path, { text }] of project.modules) {
    const read = factsCache.read({
      draft,
      path,
      text,
      parse: (source) => extractFileFacts({ path: path as FilePath, text: source, parser }),
    });
    if (read !== null) facts.set(path as FilePath, read);
  }
  const { routes } = assembleCodeSchema(facts);
  const collection = new RegExp(`/(?:${names.kebabPlural}|${names.snakePlural})/?$`);
  for (const create of routes.filter(({ method, route }) => method === "POST" && collection.test(route))) {
    const url = create.route.replace(/\/$/, "");
    const isItem = ({ route }: CodeRoute): boolean =>
      route.startsWith(`${url}/{`) && /^\{\w+\}\/?$/.test(route.slice(url.length + 1));
    const remove = routes.find((route) => route.method === "DELETE" && isItem(route));
    const isComplete =
      routes.some(({ method, route }) => method === "GET" && route.replace(/\/$/, "") === url) &&
      ["GET", "PATCH"].every((method) => routes.some((route) => route.method === method && isItem(route)));
    if (
      isComplete &&
      remove !== undefined &&
      answersWith({ project, route: create, status: 201 }) &&
      answersWith({ project, route: remove, status: 204 })
    ) {
      return url;
    }
  }
  return null;
}

const statusNames: Readonly<Record<201 | 204, string>> = { 201: "CREATED", 204: "NO_CONTENT" };

function answersWith({
  project,
  route,
  status,
}: {
  project: PythonProject["project"];
  route: CodeRoute;
  status: 201 | 204;
}): boolean {
  const handler = project.modules.get(route.path)?.functions.find(({ name }) => name === route.handler);
  const spelled = new RegExp(
    `status_code\\s*=\\s*(?:[\\w.]*HTTP_)?(?:${status}|HTTPStatus\\.${statusNames[status]})\\b|HTTP_${status}_`,
  );
  return handler?.decorators.some((decorator) => spelled.test(decorator)) ?? false;
}
