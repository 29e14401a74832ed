import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { Database } from "#server/store/database.ts";
import { hashFromBytes } from "#server/store/contents/hash-bytes.ts";
import { TreeObjects } from "#server/store/contents/tree-objects.ts";
import type { HistoryDamage, HistoryReport } from "./verify-history.ts";

/** `problem` says what is damaged and what is not; `steps` are the user's options, in order. */
type RepairProposal = {
  projectId: ProjectId;
  problem: string;
  steps: string[];
  source: { generationId: GenerationId; version: number } | null;
};

type Version = { generationId: GenerationId; version: number; isWhole: boolean; soundPaths: ReadonlySet<FilePath> };
type ProjectHistory = {
  projectId: ProjectId;
  name: string;
  headGenerationId: string | null;
  headVersion: number | null;
  versions: Version[];
};

/**
 * Proposes repairs for the damage of a report: for each damaged file, the nearest version with an intact copy. It
 * writes nothing. A repair is an ordinary new version, and the user decides on it.
 */
export async function proposeRepairs({
  database,
  report,
  address,
}: {
  database: Database;
  report: Pick<HistoryReport, "damage">;
  address: string;
}): Promise<RepairProposal[]> {
  const proposals: RepairProposal[] = [];
  for (const [projectId, damage] of Map.groupBy(report.damage, (each) => each.projectId)) {
    const history = await loadHistory({ database, projectId, damage });
    const files = damage.filter((each) => each.type === "file");
    for (const places of Map.groupBy(files, ({ path, contentHash }) => `${contentHash} ${path}`).values())
      proposals.push(proposeForFile({ history, places, address }));
    for (const each of damage) {
      if (each.type === "tree") proposals.push(proposeForTree({ history, damaged: each, address }));
      if (each.type === "lost-files") proposals.push(proposeForLoss({ history, loss: each, address }));
    }
  }
  return proposals;
}

async function loadHistory({
  database,
  projectId,
  damage,
}: {
  database: Database;
  projectId: ProjectId;
  damage: HistoryDamage[];
}): Promise<ProjectHistory> {
  const treeObjects = new TreeObjects();
  const { name, headGenerationId, generations } = await database.prisma.project.findUniqueOrThrow({
    where: { id: projectId },
    select: {
      name: true,
      headGenerationId: true,
      generations: { select: { id: true, version: true, rootTreeHash: true }, orderBy: { version: "asc" } },
    },
  });
  const versions: Version[] = [];
  for (const { id, version, rootTreeHash } of generations) {
    const own = damage.filter(({ generationId }) => generationId === id);
    if (own.some(({ type }) => type === "tree")) continue;
    const damagedPaths = new Set(own.flatMap((each) => (each.type === "file" ? [each.path] : [])));
    const tree = await treeObjects.load({ transaction: database.prisma, rootHash: hashFromBytes(rootTreeHash) });
    versions.push({
      generationId: id as GenerationId,
      version,
      isWhole: own.length === 0,
      soundPaths: new Set([...tree.keys()].filter((path) => !damagedPaths.has(path))),
    });
  }
  return {
    projectId,
    name,
    headGenerationId,
    headVersion: generations.find(({ id }) => id === headGenerationId)?.version ?? null,
    versions,
  };
}

/** The newest match before `version`, or the oldest after it. */
function findNearest({
  versions,
  version,
  fits,
}: {
  versions: Version[];
  version: number;
  fits: (candidate: Version) => boolean;
}): Version | null {
  return (
    versions.findLast((candidate) => candidate.version < version && fits(candidate)) ??
    versions.find((candidate) => candidate.version > version && fits(candidate)) ??
    null
  );
}

function proposeForFile({
  history,
  places,
  address,
}: {
  history: ProjectHistory;
  places: Extract<HistoryDamage, { type: "file" }>[];
  address: string;
}): RepairProposal {
  const { projectId, name } = history;
  const [first] = places;
  if (first === undefined) throw new RangeError("A proposal needs a place.");
  const { path, version } = first;
  const source = findNearest({ versions: history.versions, version, fits: ({ soundPaths }) => soundPaths.has(path) });
  const isInHead = places.some(({ generationId }) => generationId === history.headGenerationId);
  const problem = `${name}: ${path} cannot be read in ${listVersions(places)}. The other files of these versions are not affected${isInHead ? "" : `, nor is v${history.headVersion}, which is active`}.`;
  if (source === null)
    return {
      projectId,
      problem,
      source,
      steps: [
        "No other version has this file whole. Take it from a backup and put it in by an edit, or remove it by an edit.",
      ],
    };
  const found = { generationId: source.generationId, version: source.version };
  if (!isInHead)
    return {
      projectId,
      problem,
      source: found,
      steps: [
        `Nothing has to be done for the active version. v${source.version} has this file whole, in another state.`,
      ],
    };
  return {
    projectId,
    problem,
    source: found,
    steps: [
      `In the browser: open v${source.version} of ${name}, then Files, ${path}, Restore this file. This makes a new version.`,
      call({
        address,
        procedure: "generation.restoreFiles",
        input: { projectId, fromGenerationId: source.generationId, paths: [path] },
      }),
    ],
  };
}

function proposeForTree({
  history,
  damaged,
  address,
}: {
  history: ProjectHistory;
  damaged: Extract<HistoryDamage, { type: "tree" }>;
  address: string;
}): RepairProposal {
  const { projectId, name } = history;
  const source = findNearest({ versions: history.versions, version: damaged.version, fits: ({ isWhole }) => isWhole });
  const problem = `${name}: a directory of v${damaged.version} cannot be read, so none of its files can be shown.`;
  if (source === null)
    return {
      projectId,
      problem,
      source,
      steps: ["No other version of this project is whole. Restore the last backup."],
    };
  const found = { generationId: source.generationId, version: source.version };
  if (damaged.generationId !== history.headGenerationId)
    return {
      projectId,
      problem,
      source: found,
      steps: [`Nothing has to be done for the active version. v${source.version} is whole.`],
    };
  return {
    projectId,
    problem,
    source: found,
    steps: [
      "Nothing can be put behind a version whose directories are gone. Go on from a copy of the nearest whole one, or restore the last backup:",
      `curl -fo graft-v${source.version}.zip '${address}/api/generations/${source.generationId}/archive.zip'`,
      `curl -f --data-binary @graft-v${source.version}.zip '${address}/api/projects/import?name=${encodeURIComponent(`${name} from v${source.version}`)}'`,
    ],
  };
}

function proposeForLoss({
  history,
  loss,
  address,
}: {
  history: ProjectHistory;
  loss: Extract<HistoryDamage, { type: "lost-files" }>;
  address: string;
}): RepairProposal {
  const { projectId, name } = history;
  const parent = history.versions.find(({ generationId }) => generationId === loss.parentGenerationId);
  const problem = `${name}: v${loss.version} lost ${loss.lostPaths.length} of its parent's ${loss.parentFileCount} files, and nothing had asked for that.`;
  const paths = loss.lostPaths.filter((path) => parent?.soundPaths.has(path) === true);
  if (parent === undefined || paths.length === 0)
    return { projectId, problem, source: null, steps: ["Its parent cannot be read either. Restore the last backup."] };
  return {
    projectId,
    problem,
    source: { generationId: parent.generationId, version: parent.version },
    steps: [
      `In the browser: open v${parent.version} of ${name}, then Files, choose what is missing in the active version, then Restore. What v${loss.version} changed stays. This makes a new version.`,
      call({
        address,
        procedure: "generation.restoreFiles",
        input: { projectId, fromGenerationId: parent.generationId, paths },
      }),
    ],
  };
}

function listVersions(places: { version: number }[]): string {
  const versions = places.map(({ version }) => `v${version}`);
  return versions.length <= 5
    ? versions.join(", ")
    : `${versions.slice(0, 5).join(", ")} and ${versions.length - 5} more`;
}

/** A POSIX shell command, with single quotes escaped. */
function call({ address, procedure, input }: { address: string; procedure: string; input: object }): string {
  return `curl -f '${address}/api/trpc/${procedure}' -H 'content-type: application/json' -d '${JSON.stringify(input).replaceAll("'", `'\\''`)}'`;
}
