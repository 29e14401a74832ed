import assert from "node:assert/strict";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { AppError } from "#lib/errors.ts";
import type { ModelGateway, ModelTurn, ModelTurnRequest } from "#server/orchestrator/ports.ts";
import { callTools, hang, sayText, scriptedModelId, type ScriptedTurn } from "#server/testing/scripted-gateway.ts";
import type { CaseGateway } from "../wire/case-gateway.ts";
import type { FaultService } from "../wire/fault-service.ts";
import { fileNames, type FileChange, type HistoryOperation } from "./history-operation.ts";
import { hashTexts, HistoryOracle, isSame, type OracleProject, type OracleVersion } from "./history-oracle.ts";

let caseCount = 0;

/** Applies the same operations to the product and to the oracle, and compares them. */
export class HistoryPlayer {
  readonly #service: FaultService;
  readonly #models: CaseGateway;
  readonly #oracle = new HistoryOracle();
  readonly #counts: Map<string, number>;

  /** @param counts of the operations that were done, over all players */
  constructor({
    service,
    models,
    counts,
  }: {
    service: FaultService;
    models: CaseGateway;
    counts: Map<string, number>;
  }) {
    this.#service = service;
    this.#models = models;
    this.#counts = counts;
  }

  async play(operation: HistoryOperation): Promise<void> {
    const { projects } = this.#oracle;
    const project = "project" in operation ? projects[operation.project % projects.length] : undefined;
    const version =
      project !== undefined && "version" in operation
        ? project.versions[operation.version % project.versions.length]
        : undefined;
    if (projects.length === 0 && operation.type !== "crash" && operation.type !== "create") return this.#import();
    this.#count(operation.type === "iterate" ? `iterate ${operation.end}` : operation.type);
    switch (operation.type) {
      case "import":
        return this.#import();
      case "create":
        return this.#create();
      case "crash":
        return this.#service.crash();
      case "rename":
        if (project !== undefined) await this.#rename(project);
        return;
      case "archive":
        if (project !== undefined) await this.#archive(project);
        return;
      default:
        if (project !== undefined && version !== undefined) await this.#playOn({ operation, project, version });
    }
  }

  async #playOn({
    operation,
    project,
    version,
  }: {
    operation: Extract<HistoryOperation, { version: number }>;
    project: OracleProject;
    version: OracleVersion;
  }): Promise<void> {
    // Nothing new is made in an archived project.
    if (project.isArchived) await this.#bringBack(project);
    if (operation.type === "iterate")
      await this.#iterate({ project, parent: version, changes: operation.changes, end: operation.end });
    else if (operation.type === "edit") await this.#edit({ project, parent: version, changes: operation.changes });
    else if (operation.type === "rollback") await this.#rollBack({ project, target: version });
    else await this.#restore({ project, source: version, file: operation.file });
    await this.#compareHead(project);
  }

  /** Checks that the product has every project, version, file and run of the oracle, and nothing else. */
  async compare(): Promise<void> {
    const { api } = this.#service;
    const listed = new Set((await this.#listProjectIds()) as string[]);
    for (const project of this.#oracle.projects) {
      await this.#compareHead(project);
      assert.equal(listed.has(project.projectId), !project.isArchived);
      const { items } = await api.generation.list({ projectId: project.projectId, limit: 1_000 });
      const stored = items.toReversed().map(({ generationId, version, parentGenerationIds, kind, isHead }) => ({
        generationId,
        version,
        parentId: parentGenerationIds[0] ?? null,
        kind,
        isHead,
      }));
      assert.deepEqual(
        stored,
        project.versions.map(({ texts: _texts, ...version }) => ({
          ...version,
          isHead: version.generationId === project.headId,
        })),
      );
      for (const { generationId, texts } of project.versions) {
        const files = (await api.generation.files({ generationId })).items;
        assert.deepEqual(
          Object.fromEntries(files.map(({ path, contentHash }) => [path, contentHash])),
          hashTexts(texts),
        );
      }
      const runs = (await api.run.list({ projectId: project.projectId, limit: 1_000 })).items;
      assert.deepEqual(
        Object.fromEntries(runs.map(({ runId, status }) => [runId, status])),
        Object.fromEntries(project.runs),
      );
    }
  }

  async #compareHead(project: OracleProject): Promise<void> {
    const { name, headGenerationId, headVersion, generationCount } = await this.#service.api.project.get({
      projectId: project.projectId,
    });
    const head = project.versions.find(({ generationId }) => generationId === project.headId);
    assert.deepEqual(
      { name, headGenerationId, headVersion, generationCount },
      {
        name: project.name,
        headGenerationId: project.headId,
        headVersion: head?.version ?? null,
        generationCount: project.versions.length,
      },
    );
  }

  async #listProjectIds(): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null = null; ;) {
      const page: { items: { projectId: string }[]; nextCursor: string | null } = await this.#service.api.project.list({
        limit: 1_000,
        ...(cursor === null ? {} : { cursor }),
      });
      ids.push(...page.items.map(({ projectId }) => projectId));
      if (page.nextCursor === null) return ids;
      cursor = page.nextCursor;
    }
  }

  async #import(): Promise<void> {
    const texts = new Map(fileNames.slice(0, 4).map((path) => [path as string, this.#oracle.nextText()]));
    const { projectId, generationId } = await this.#service.importProject(Object.fromEntries(texts));
    const project = this.#oracle.addProject({ projectId, name: "Faults" });
    this.#oracle.addVersion({ project, generationId, parentId: null, kind: "import", texts });
  }

  async #create(): Promise<void> {
    const { operations, texts } = this.#oracle.apply({
      texts: new Map(),
      changes: [0, 1, 2].map((file) => ({ type: "write", file })),
    });
    const mark = this.#assign([answer(operations)]);
    const { projectId, runId } = await this.#service.api.generation.create({
      prompt: `Make notes ${mark}`,
      projectName: "Notes",
      model: scriptedModelId,
    });
    const run = await this.#service.waitForRun(this.#service.acknowledge(runId));
    assert.equal(run.status, "SUCCEEDED");
    const project = this.#oracle.addProject({ projectId, name: "Notes" });
    project.runs.set(runId, "SUCCEEDED");
    this.#oracle.addVersion({
      project,
      generationId: run.generationId as GenerationId,
      parentId: null,
      kind: "create",
      texts,
    });
  }

  async #iterate({
    project,
    parent,
    changes,
    end,
  }: {
    project: OracleProject;
    parent: OracleVersion;
    changes: FileChange[];
    end: Extract<HistoryOperation, { type: "iterate" }>["end"];
  }): Promise<void> {
    const { operations, texts } = this.#oracle.apply({ texts: parent.texts, changes });
    const reached = Promise.withResolvers<void>();
    const goingOn = Promise.withResolvers<void>();
    const held: ScriptedTurn = async (request) => {
      reached.resolve();
      await goingOn.promise;
      return answer(operations)(request);
    };
    const lastTurn = {
      answered: answer(operations),
      empty: sayText("There is nothing to do."),
      refused: refuse,
      crashed: held,
      cancelled: hangAndTell(reached.resolve),
    }[end];
    const mark = this.#assign([callTools(["list_files", {}]), lastTurn]);
    // The prompt names the deletions, because unrequested ones would be held for review.
    const deletions = operations.flatMap((operation) =>
      operation.type === "delete" ? [`Delete ${operation.path}.`] : [],
    );
    const { runId } = await this.#service.api.generation.iterate({
      parentGenerationId: parent.generationId,
      prompt: [`Change notes ${mark}`, ...deletions].join(" "),
      model: scriptedModelId,
    });
    this.#service.acknowledge(runId);
    if (end === "crashed") {
      await reached.promise;
      await this.#service.crash();
      goingOn.resolve();
    }
    if (end === "cancelled") {
      await reached.promise;
      await this.#service.api.run.cancel({ runId });
    }
    const isAnswered = end === "answered" || end === "crashed";
    const hasEffect = isAnswered && !isSame(texts, parent.texts);
    const expected = hasEffect ? "SUCCEEDED" : end === "cancelled" ? "CANCELLED" : "FAILED";
    const run = await this.#service.waitForRun(runId);
    assert.deepEqual(
      { status: run.status, code: run.failure?.code ?? null },
      { status: expected, code: expected === "FAILED" ? (end === "refused" ? "MODEL_REFUSED" : "NO_CHANGES") : null },
    );
    project.runs.set(runId, expected);
    if (hasEffect)
      this.#oracle.addVersion({
        project,
        generationId: run.generationId as GenerationId,
        parentId: parent.generationId,
        kind: "iterate",
        texts,
      });
  }

  async #edit({
    project,
    parent,
    changes,
  }: {
    project: OracleProject;
    parent: OracleVersion;
    changes: FileChange[];
  }): Promise<void> {
    const { operations, texts } = this.#oracle.apply({ texts: parent.texts, changes });
    const result = await outcomeOf(
      this.#service.api.generation.edit({ parentGenerationId: parent.generationId, changeSet: { operations } }),
    );
    if (isSame(texts, parent.texts)) return assert.deepEqual(result, { code: "NO_CHANGES" });
    this.#oracle.addVersion({
      project,
      generationId: expectVersion(result),
      parentId: parent.generationId,
      kind: "edit",
      texts,
    });
  }

  async #rollBack({ project, target }: { project: OracleProject; target: OracleVersion }): Promise<void> {
    const result = await outcomeOf(
      this.#service.api.generation.rollback({ projectId: project.projectId, toGenerationId: target.generationId }),
    );
    this.#oracle.addVersion({
      project,
      generationId: expectVersion(result),
      parentId: project.headId,
      kind: "rollback",
      texts: target.texts,
    });
  }

  async #restore({
    project,
    source,
    file,
  }: {
    project: OracleProject;
    source: OracleVersion;
    file: number;
  }): Promise<void> {
    const path = fileNames[file % fileNames.length] ?? fileNames[0];
    const head = project.versions.find(({ generationId }) => generationId === project.headId);
    const text = source.texts.get(path);
    const result = await outcomeOf(
      this.#service.api.generation.restoreFiles({
        projectId: project.projectId,
        fromGenerationId: source.generationId,
        paths: [path],
      }),
    );
    if (text === undefined) return assert.deepEqual(result, { code: "FILE_NOT_FOUND" });
    if (head?.texts.get(path) === text) return assert.deepEqual(result, { code: "NO_CHANGES" });
    this.#oracle.addVersion({
      project,
      generationId: expectVersion(result),
      parentId: project.headId,
      kind: "restore",
      texts: new Map([...(head?.texts ?? []), [path, text]]),
    });
  }

  async #rename(project: OracleProject): Promise<void> {
    project.name = `Notes of ${project.versions.length}`;
    await this.#service.api.project.rename({ projectId: project.projectId, name: project.name });
  }

  async #archive(project: OracleProject): Promise<void> {
    project.isArchived = true;
    await this.#service.api.project.archive({ projectId: project.projectId });
  }

  async #bringBack(project: OracleProject): Promise<void> {
    project.isArchived = false;
    await this.#service.api.project.unarchive({ projectId: project.projectId });
  }

  #assign(turns: [ScriptedTurn] | [ScriptedTurn, ScriptedTurn]): string {
    caseCount += 1;
    return this.#models.assign({ name: String(caseCount), gateway: new PositionGateway(turns) });
  }

  #count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
}

/**
 * Chooses the answer by the length of the conversation, so that a worker that takes a run over gets the same answer as
 * the first one.
 */
class PositionGateway implements Pick<ModelGateway, "runTurn"> {
  readonly #turns: readonly ScriptedTurn[];

  constructor(turns: readonly ScriptedTurn[]) {
    this.#turns = turns;
  }

  async runTurn(request: ModelTurnRequest): Promise<ModelTurn> {
    const position = request.messages.filter(({ role }) => role === "assistant").length;
    const turn = this.#turns[position];
    if (turn === undefined) throw new AppError({ code: "MODEL_OUTPUT_INVALID", message: "The script is over." });
    return turn(request);
  }
}

function answer(operations: readonly ChangeOperation[]): ScriptedTurn {
  const calls = operations.map(({ type, ...input }): [string, unknown] => [`${type}_file`, input]);
  return callTools(...calls, ["finish", { summary: "Changed the notes." }]);
}

const refuse: ScriptedTurn = () => {
  throw new AppError({ code: "MODEL_REFUSED", message: "The model refused." });
};

function hangAndTell(tell: () => void): ScriptedTurn {
  return (request) => {
    tell();
    return hang()(request);
  };
}

type Outcome = { generationId: GenerationId } | { code: string };

/** A refusal is a result; anything else is thrown. */
async function outcomeOf(calling: Promise<{ generationId: GenerationId }>): Promise<Outcome> {
  try {
    const { generationId } = await calling;
    return { generationId };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof AppError) return { code: cause.code };
    throw error;
  }
}

function expectVersion(outcome: Outcome): GenerationId {
  if ("code" in outcome)
    throw new assert.AssertionError({ message: `A version was expected, and refused with ${outcome.code}.` });
  return outcome.generationId;
}
