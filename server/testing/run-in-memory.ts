import type { ContentHash, FilePath, GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import { decodeText, describeContent, encodeText } from "#server/core/file-content.ts";
import type { FileEntry } from "#server/core/file-tree.ts";
import { wholeProject } from "#server/core/merge/scopes/change-scope.ts";
import { buildFileIndex } from "#server/core/ranking/file-index.ts";
import type { CandidateChecks } from "#server/orchestrator/ports.ts";
import { runGeneration } from "#server/orchestrator/run-generation.ts";
import type { RunOutcome, RunPause } from "#server/orchestrator/run-outcome.ts";
import { withoutChecks } from "#server/orchestrator/without-checks.ts";
import { loadSourceParser } from "#server/parsers/tree-sitter-source-parser.ts";
import { createThreadPool } from "#server/threads/thread-pool.ts";
import { ScriptedGateway, scriptedModelId, type ScriptedTurn } from "./scripted-gateway.ts";

export type ProjectFiles = Readonly<Record<string, string | Uint8Array>>;

/** A whole run without a database: its outcome, and the files of its version; null if it made none. */
export async function runInMemory({
  parent,
  prompt,
  turns,
  supportsTools = true,
  checks = withoutChecks,
}: {
  parent: ProjectFiles;
  prompt: string;
  turns: ScriptedTurn[];
  supportsTools?: boolean;
  checks?: CandidateChecks;
}): Promise<{ outcome: RunOutcome | RunPause; files: Record<string, Uint8Array> | null }> {
  const { tree, contents } = openProject(parent);
  const generationId = "parent" as GenerationId;
  const projectId = "project" as ProjectId;
  const sourceParser = await loadSourceParser();
  const threads = createThreadPool({
    size: 1,
    onError: (error) => {
      throw error;
    },
  });
  try {
    const outcome = await runGeneration({
      request: {
        runId: "run" as RunId,
        kind: "generate",
        projectId,
        parentGenerationId: generationId,
        prompt,
        modelId: scriptedModelId,
        mode: "classic",
        techStack: null,
        domain: null,
        context: null,
        reviewComments: [],
        attachments: [],
        scope: wholeProject,
        shownSecretPaths: [],
        continues: null,
        candidate: null,
        acceptedPlan: null,
      },
      dependencies: {
        generations: {
          get: async () => ({ generationId, projectId, version: 1, rootTreeHash: "" as ContentHash }),
          loadTree: async () => tree,
          loadContents: async (hashes) =>
            new Map(
              [...hashes].flatMap((hash) => {
                const bytes = contents.get(hash);
                return bytes === undefined ? [] : [[hash, bytes] as const];
              }),
            ),
          listEarlierChanges: async () => [],
        },
        models: new ScriptedGateway({ turns, supportsTools }),
        codeSchemas: { read: async () => ({ entities: [], relations: [], enums: [], routes: [], exports: [] }) },
        fileIndexes: {
          read: async ({ tree: files }) =>
            new Map(
              [...files].map(([path, { contentHash }]) => [
                path,
                buildFileIndex({ path, text: decodeText(contents.get(contentHash) ?? new Uint8Array()) ?? "" }),
              ]),
            ),
        },
        contextLimitTokens: null,
        sourceParser,
        secrets: { find: async () => new Map() },
        threads,
        endedRuns: { getHeld: () => Promise.reject(new Error("There is none.")) },
        checks,
        steps: { remember: (_, compute) => compute(), recall: async () => null },
        events: { append: () => undefined, flush: async () => undefined },
        limitUsd: null,
        signal: new AbortController().signal,
      },
    });
    if (outcome.status !== "succeeded") return { outcome, files: null };
    const { tree: child, newContents } = outcome.generation;
    const files = [...child].map(([path, { contentHash }]) => [
      path,
      newContents.get(contentHash) ?? contents.get(contentHash) ?? new Uint8Array(),
    ]);
    return { outcome, files: Object.fromEntries(files) as Record<string, Uint8Array> };
  } finally {
    await threads.close();
  }
}

function openProject(files: ProjectFiles) {
  const tree = new Map<FilePath, FileEntry>();
  const contents = new Map<ContentHash, Uint8Array>();
  for (const [path, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? encodeText(content) : content;
    const entry: FileEntry = { ...describeContent(bytes), mode: "100644" };
    tree.set(path as FilePath, entry);
    contents.set(entry.contentHash, bytes);
  }
  return { tree, contents };
}
