import type { BriefOutput } from "#lib/contracts/comparisons/brief.ts";
import type { FileDiffEntry } from "#lib/contracts/comparisons/diff.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import type { Container } from "#server/container.ts";
import { chooseReadFirst, listReadable } from "#server/core/brief/choose-read-first.ts";
import { followSteps } from "#server/core/brief/follow-steps.ts";
import { listFacts } from "#server/core/brief/list-facts.ts";
import { listRisks } from "#server/core/brief/list-risks.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { diffComparison } from "#server/services/comparisons/diff-generations.ts";
import { loadComparison, type ComparisonRequest } from "#server/services/comparisons/load-comparison.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import { findFirstParent } from "#server/store/versions/generations.ts";
import { listVersionSteps, readFoundContents, type VersionStep } from "#server/store/versions/version-steps.ts";

/** In a larger change, imports do not single out a few files: only size decides. */
const maxLinkedFiles = 500;

/**
 * What a reviewer wants to know about a version or a comparison before its lines. @throws AppError GENERATION_NOT_FOUND
 */
export async function readBrief({ container, ownerId, input }: ComparisonRequest): Promise<BriefOutput> {
  const { database } = container;
  const comparison = await loadComparison({ container, ownerId, input });
  const base = comparison.base.generation?.generationId ?? null;
  const head = comparison.head.generation.generationId;
  const { files } = await diffComparison({ container, comparison });
  const steps = await listVersionSteps({ database, base, head });
  const own = steps.find(({ generationId }) => generationId === head);
  const isAgainstParent = base === (await findFirstParent({ database, generationId: head }));
  const said = isAgainstParent && own !== undefined ? own : null;
  const plan = followSteps({ plan: said?.plan ?? [], files });
  const summary = said?.summary?.trim() ?? "";
  return {
    ...(summary === "" ? {} : { summary }),
    prompts: steps.flatMap(({ kind, prompt }) => (prompt !== null && isPrompted(kind) ? [prompt] : [])),
    facts: listFacts({ files, issues: said?.issues ?? [] }),
    ...(plan.length === 0 ? {} : { plan }),
    risks: listRisks(await listStandingIssues({ container, steps, own, tree: comparison.head.tree })),
    readFirst: await findReadFirst({ container, files, tree: comparison.head.tree }),
  };
}

/** The prompt of other versions is a note written by Graft or the user. */
function isPrompted(kind: VersionStep["kind"]): boolean {
  return kind === "create" || kind === "iterate" || kind === "accept";
}

/** The head's findings, and those of versions in between whose file is unchanged in the head since it was checked. */
async function listStandingIssues({
  container,
  steps,
  own,
  tree,
}: {
  container: Container;
  steps: readonly VersionStep[];
  own: VersionStep | undefined;
  tree: FileTree;
}): Promise<ValidationIssue[]> {
  const earlier = steps.filter((step) => step !== own);
  const contents = await readFoundContents({ database: container.database, steps: earlier });
  const earlierIssues = earlier.flatMap(({ generationId, issues }) =>
    issues.filter(({ path }) => {
      const hash = contents.get(generationId)?.get(path);
      return hash === undefined ? tree.has(path) : hash === (tree.get(path)?.contentHash ?? null);
    }),
  );
  return [...(own?.issues ?? []), ...earlierIssues];
}

async function findReadFirst({
  container: { database, fileIndexes },
  files,
  tree,
}: {
  container: Container;
  files: readonly FileDiffEntry[];
  tree: FileTree;
}): Promise<BriefOutput["readFirst"]> {
  const readable = listReadable(files);
  if (readable.length > maxLinkedFiles) return chooseReadFirst({ files: readable, indexes: new Map() });
  const indexes = await fileIndexes.read({
    tree: new Map(
      readable.flatMap(({ path }) => {
        const entry = tree.get(path);
        return entry === undefined ? [] : [[path, entry] as const];
      }),
    ),
    loadContents: (hashes) => loadBlobs({ transaction: database.prisma, hashes }),
  });
  return chooseReadFirst({ files: readable, indexes });
}
