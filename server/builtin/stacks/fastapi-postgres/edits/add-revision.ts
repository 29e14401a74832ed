import { createHash } from "node:crypto";
import type { SourceParser } from "#server/core/syntax/source-parser.ts";
import type { ProjectDraft } from "#server/builtin/edits/project-draft.ts";
import { renderRevision } from "../migration-file.ts";
import { readPythonModule } from "./python-module.ts";

type AddedRevision = { status: "written"; revision: string; path: string } | { status: "none"; reason: string };

type Revision = { path: string; revision: string; downRevisions: string[] };

/**
 * Writes the next Alembic revision after the project's newest one. A project without Alembic gets none, and the answer
 * says so.
 *
 * @param upgrade,downgrade function bodies with an indentation of four
 */
export function addRevision({
  draft,
  parser,
  slug,
  title,
  upgrade,
  downgrade,
}: {
  draft: ProjectDraft;
  parser: SourceParser;
  slug: string;
  title: string;
  upgrade: string;
  downgrade: string;
}): AddedRevision {
  const folder = findVersionsFolder(draft);
  if (folder === null) {
    return {
      status: "none",
      reason: "The project has no Alembic migrations, so the database has to be changed by hand.",
    };
  }
  const revisions = readRevisions({ draft, parser, folder });
  const followed = new Set(revisions.flatMap(({ downRevisions }) => downRevisions));
  const heads = revisions.filter(({ revision }) => !followed.has(revision));
  if (heads.length > 1) {
    return {
      status: "none",
      reason: `Alembic has ${heads.length} heads (${heads.map(({ revision }) => revision).join(", ")}), so no migration was written: merge them, then run alembic revision --autogenerate.`,
    };
  }
  const head = heads[0]?.revision ?? null;
  const revision = nextRevision({ revisions, head, slug });
  const path = `${folder}/${revision}_${slug.slice(0, 60)}.py`;
  draft.write({ path, text: renderRevision({ revision, downRevision: head, title, upgrade, downgrade }) });
  return { status: "written", revision, path };
}

function findVersionsFolder(draft: ProjectDraft): string | null {
  const versions = draft.paths.find((path) => /(?:^|\/)versions\/[^/]+\.py$/.test(path));
  if (versions !== undefined) return versions.slice(0, versions.lastIndexOf("/"));
  const env = draft.paths.find((path) => /(?:^|\/)(?:alembic|migrations)\/env\.py$/.test(path));
  return env === undefined ? null : env.replace(/env\.py$/, "versions");
}

function readRevisions({
  draft,
  parser,
  folder,
}: {
  draft: ProjectDraft;
  parser: SourceParser;
  folder: string;
}): Revision[] {
  return draft.paths.flatMap((path) => {
    if (!path.startsWith(`${folder}/`) || !path.endsWith(".py")) return [];
    const { assignments } = readPythonModule({ text: draft.find(path) ?? "", parser });
    const value = (name: string): string => assignments.find((assignment) => assignment.name === name)?.value ?? "";
    const revision = /["']([^"']+)["']/.exec(value("revision"))?.[1];
    if (revision === undefined) return [];
    return [
      {
        path,
        revision,
        downRevisions: [...value("down_revision").matchAll(/["']([^"']+)["']/g)].map((match) => match[1] ?? ""),
      },
    ];
  });
}

/** The next number if revisions are numbered; otherwise twelve hex digits like Alembic's, derived from the content. */
function nextRevision({ revisions, head, slug }: { revisions: Revision[]; head: string | null; slug: string }): string {
  const numbers = revisions.flatMap(({ revision }) => (/^\d{1,8}$/.test(revision) ? [revision] : []));
  if (numbers.length === revisions.length) {
    const width = Math.max(4, ...numbers.map((number) => number.length));
    return String(Math.max(0, ...numbers.map(Number)) + 1).padStart(width, "0");
  }
  return createHash("sha256").update(`${head}:${slug}`).digest("hex").slice(0, 12);
}
