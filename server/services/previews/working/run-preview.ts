import { commandEnvironment } from "#server/checks/command-environment.ts";
import { makeMountPoints } from "#server/checks/make-mount-points.ts";
import { providePackages } from "#server/checks/provide-packages.ts";
import type { ContentHash, FilePath } from "#lib/contracts/ids.ts";
import { limits } from "#lib/contracts/limits.ts";
import type { PreviewStep } from "#lib/contracts/versions/preview-state.ts";
import type { PreviewContainer } from "#server/container.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import { planPreparation, type Preparation } from "#server/core/previews/plan-preparation.ts";
import { usesFolder } from "#server/core/previews/uses-folder.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import type { ReadPath } from "#server/sandbox/build-arguments.ts";
import { openPreviewDoor, previewPort, type PreviewDoor } from "#server/sandbox/preview-door.ts";
import { removeWorkFolder, type WorkFolder } from "#server/sandbox/work-folder.ts";
import { loadBlobs } from "#server/store/contents/blobs.ts";
import type { StoredPreview } from "#server/store/previews/previews.ts";
import { loadGenerationTree } from "#server/store/versions/load-generation-tree.ts";
import { readPreviewTexts } from "../read-preview-texts.ts";
import { prepareProgram, type Program } from "./prepare-program.ts";
import { PreviewEnded, type PreviewEnd } from "./preview-ended.ts";
import { provideDatabase, removeDatabase, type ProvidedDatabase } from "./provide-database.ts";
import { serveProgram } from "./serve-program.ts";

/** Callbacks for the caller of a preview. */
type PreviewEvents = {
  onStep(step: PreviewStep): void;
  /** The program listens. */
  onOpen(door: PreviewDoor): void;
  onOutput(chunk: Buffer): void;
  /** A text that its log must not contain. */
  onSecret(secret: string): void;
};

type Work = {
  container: PreviewContainer;
  preview: StoredPreview;
  /** Its reason is the message for the user. */
  signal: AbortSignal;
  events: PreviewEvents;
  /** Clean-ups at the end, in reverse order. */
  undo: (() => Promise<unknown>)[];
};

type Version = { tree: FileTree; texts: ReadonlyMap<FilePath, string>; preparation: Preparation };

/** Runs a version's program from its files to its end. When this returns, nothing of it is left. */
export async function runPreview(options: Omit<Work, "undo">): Promise<PreviewEnd> {
  const work: Work = { ...options, undo: [] };
  try {
    return await runSteps(work);
  } catch (error) {
    if (work.signal.aborted) return { status: "STOPPED", reason: String(work.signal.reason) };
    if (error instanceof PreviewEnded) return error.end;
    throw error;
  } finally {
    for (const undo of work.undo.reverse()) await undo();
  }
}

async function runSteps(work: Work): Promise<PreviewEnd> {
  const { container, preview, signal, events } = work;
  const state = await container.sandbox.getState();
  if (state.status === "unavailable") return { status: "FAILED", reason: state.reason };
  await container.tools.tidy();
  const version = await readVersion(work);
  const folder = await writeFiles({ work, version });
  const packages = await installPackages({ work, version });
  const database = await makeDatabase({ work, version });
  const { program, door } = await openProgram({ work, version, folder, packages, database });
  await prepare({ work, version, program, door, database });
  events.onStep("start");
  const { sandbox } = container;
  const ending = database === null ? null : watchDatabase({ work, database });
  return serveProgram({ sandbox, program, door, command: preview.command, signal, ending, events });
}

async function readVersion({ container, preview }: Work): Promise<Version> {
  const { tree } = await loadGenerationTree({ ...container, ...preview });
  const texts = await readPreviewTexts({ container, tree });
  return { tree, texts, preparation: planPreparation({ paths: [...tree.keys()], texts }) };
}

async function writeFiles({
  work: { container, signal, events, undo },
  version: { tree },
}: {
  work: Work;
  version: Version;
}): Promise<WorkFolder> {
  events.onStep("files");
  const { sandbox, tools, database } = container;
  const folder = await sandbox.makeFolder();
  undo.push(() => removeWorkFolder(folder));
  const cache = await tools.getCache();
  await cache.writeTree({
    tree,
    folder: folder.files,
    user: (await sandbox.getMachine()).user,
    loadContents: (hashes) => loadBlobs({ transaction: database.prisma, hashes }),
  });
  signal.throwIfAborted();
  return folder;
}

async function installPackages({ work, version }: { work: Work; version: Version }): Promise<ReadPath[]> {
  const { container, preview, signal, events } = work;
  const { tree, texts } = version;
  events.onStep("packages");
  const installed = await providePackages({
    packages: container.tools.packages,
    tree,
    texts,
    isNeeded: ({ directory }) => usesFolder({ command: preview.command, directory }),
    readText: (path) => readText({ work, tree, path }),
    toolchain: (await container.tools.getToolchain()) ?? "",
    signal,
    onOutput: events.onOutput,
  });
  signal.throwIfAborted();
  if (installed.status === "installed") return installed.readPaths;
  throw new PreviewEnded({
    status: "FAILED",
    reason:
      installed.status === "failed"
        ? installed.reason
        : "The installation of its packages was cancelled. Start it again.",
  });
}

async function readText({
  work: { container },
  tree,
  path,
}: {
  work: Work;
  tree: FileTree;
  path: FilePath;
}): Promise<string> {
  const entry = tree.get(path);
  if (entry === undefined || entry.mode === "120000" || entry.sizeBytes > limits.textFileBytes) return "";
  const hashes: ContentHash[] = [entry.contentHash];
  const content = (await loadBlobs({ transaction: container.database.prisma, hashes })).get(entry.contentHash);
  return content === undefined ? "" : (readEncodedText(content)?.text ?? "");
}

async function makeDatabase({ work, version }: { work: Work; version: Version }): Promise<ProvidedDatabase | null> {
  const { container, preview, signal, events, undo } = work;
  const variables = version.preparation.databaseVariables;
  if (variables.length === 0) return null;
  events.onStep("database");
  undo.push(() => removeDatabase({ container, preview }).catch(() => undefined));
  const database = await provideDatabase({ container, preview, variables });
  events.onSecret(database.password);
  signal.throwIfAborted();
  return database;
}

async function openProgram({
  work: { container, undo },
  version: { preparation },
  folder,
  packages,
  database,
}: {
  work: Work;
  version: Version;
  folder: WorkFolder;
  packages: readonly ReadPath[];
  database: ProvidedDatabase | null;
}): Promise<{ program: Program; door: PreviewDoor }> {
  const machine = await container.sandbox.getMachine();
  const writePaths = await makeMountPoints({ folder, readPaths: packages, machine });
  const door = await openPreviewDoor({ machine, onDatabaseConnection: database?.onConnection ?? null });
  undo.push(() => door.close());
  return {
    door,
    program: {
      folder,
      writePaths,
      readPaths: [...packages, ...door.readPaths],
      env: {
        ...preparation.settings,
        ...database?.env,
        ...commandEnvironment({ machine, packages }),
        PORT: String(previewPort),
        HOST: "127.0.0.1",
        BROWSER: "none",
      },
    },
  };
}

async function prepare({
  work,
  version: { tree, preparation },
  program,
  door,
  database,
}: {
  work: Work;
  version: Version;
  program: Program;
  door: PreviewDoor;
  database: ProvidedDatabase | null;
}): Promise<void> {
  const { container, preview, signal, events } = work;
  const { prisma } = preparation;
  const commands = preparation.commands.filter(({ directory }) => usesFolder({ ...preview, directory }));
  if (commands.length === 0 && prisma === null) return;
  events.onStep("prepare");
  if (database !== null && prisma !== null)
    await database.applyPrisma({ prisma, readText: (path) => readText({ work, tree, path }) });
  signal.throwIfAborted();
  const { sandbox } = container;
  await prepareProgram({ sandbox, program, door, commands, signal, onOutput: events.onOutput });
}

function watchDatabase({ work: { signal, undo }, database }: { work: Work; database: ProvidedDatabase }): AbortSignal {
  const watching = new AbortController();
  undo.push(async () => watching.abort());
  return database.watchSize(AbortSignal.any([signal, watching.signal]));
}
