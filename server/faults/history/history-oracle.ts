import { createHash } from "node:crypto";
import type { ChangeOperation } from "#lib/contracts/runs/change-set.ts";
import type { GenerationKind } from "#lib/contracts/versions/generation-kind.ts";
import type { GenerationId, ProjectId, RunId } from "#lib/contracts/ids.ts";
import type { RunStatus } from "#lib/contracts/runs/run-state.ts";
import { fileNames, type FileChange } from "./history-operation.ts";

type Texts = ReadonlyMap<string, string>;
export type OracleVersion = {
  generationId: GenerationId;
  version: number;
  parentId: GenerationId | null;
  kind: GenerationKind;
  texts: Texts;
};
export type OracleProject = {
  projectId: ProjectId;
  name: string;
  isArchived: boolean;
  headId: GenerationId | null;
  versions: OracleVersion[];
  runs: Map<RunId, RunStatus>;
};

/** The expected store, in its simplest form: maps of texts and a head. */
export class HistoryOracle {
  readonly projects: OracleProject[] = [];
  #textCount = 0;

  addProject({ projectId, name }: { projectId: ProjectId; name: string }): OracleProject {
    const project: OracleProject = { projectId, name, isArchived: false, headId: null, versions: [], runs: new Map() };
    this.projects.push(project);
    return project;
  }

  /** A version becomes the head if its parent is the head; otherwise it is a branch tip. */
  addVersion({ project, ...version }: { project: OracleProject } & Omit<OracleVersion, "version">): void {
    if (project.headId === version.parentId) project.headId = version.generationId;
    project.versions.push({ ...version, version: project.versions.length + 1 });
  }

  /** A text that was never used before, so that every change has an effect. */
  nextText(): string {
    this.#textCount += 1;
    return `note ${this.#textCount}\n`;
  }

  /**
   * Converts changes to operations on these files, and returns the files after them. Changes that do not fit are left
   * out.
   */
  apply({ texts, changes }: { texts: Texts; changes: readonly FileChange[] }): {
    operations: ChangeOperation[];
    texts: Texts;
  } {
    const after = new Map(texts);
    const operations: ChangeOperation[] = [];
    for (const change of changes) {
      const present = [...after.keys()].sort();
      const path = change.type === "write" ? nameAt(change.file) : present[change.file % present.length];
      if (path === undefined) continue;
      if (change.type === "write") {
        const content = this.nextText();
        operations.push({ type: "write", path, content });
        after.set(path, content);
      } else if (change.type === "delete" && present.length > 1) {
        operations.push({ type: "delete", path });
        after.delete(path);
      } else if (change.type === "move" && !after.has(nameAt(change.to))) {
        operations.push({ type: "move", source: path, destination: nameAt(change.to) });
        after.set(nameAt(change.to), after.get(path) ?? "");
        after.delete(path);
      }
    }
    return { operations, texts: after };
  }
}

function nameAt(index: number): string {
  return fileNames[index % fileNames.length] ?? fileNames[0];
}

export function isSame(one: Texts, other: Texts): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text);
}

/** Path to the hash that the contract promises for its text. */
export function hashTexts(texts: Texts): Record<string, string> {
  return Object.fromEntries([...texts].map(([path, text]) => [path, createHash("sha256").update(text).digest("hex")]));
}
