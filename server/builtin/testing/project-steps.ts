import assert from "node:assert/strict";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { type DrivenRun, driveScaffold } from "./drive-scaffold.ts";

/**
 * Runs requests on projects in memory, asserts the invariants of each, and collects every result for a final check of
 * all.
 */
export class ProjectSteps {
  readonly #model: LanguageModelV4;
  /** The files of the project after each step with changes. */
  readonly results: ReadonlyMap<string, string>[] = [];

  constructor(model: LanguageModelV4) {
    this.#model = model;
  }

  async create({ prompt, techStack }: { prompt: string; techStack: string }): Promise<ReadonlyMap<string, string>> {
    const { files } = await driveScaffold({ model: this.#model, files: new Map(), prompt, techStack });
    this.results.push(files);
    return files;
  }

  /** One request: all its calls succeed, and every unnamed file is unchanged. */
  async change({ files, prompt }: { files: ReadonlyMap<string, string>; prompt: string }): Promise<DrivenRun> {
    const run = await driveScaffold({ model: this.#model, files, prompt });
    assert.deepEqual(run.errors, []);
    const named = new Set(run.changes.map(({ input }) => input["path"]));
    for (const [path, text] of files) if (!named.has(path)) assert.equal(run.files.get(path), text, path);
    if (run.changes.length > 0) this.results.push(run.files);
    return run;
  }

  /** Several requests, each on the previous result; each changes something. */
  async changeAll({
    files,
    prompts,
  }: {
    files: ReadonlyMap<string, string>;
    prompts: string[];
  }): Promise<ReadonlyMap<string, string>> {
    let current = files;
    for (const prompt of prompts) {
      const run = await this.change({ files: current, prompt });
      assert.ok(run.changes.length > 0, `${prompt}: ${run.summary}`);
      current = run.files;
    }
    return current;
  }
}

/** `edit app/main.py`, in the order of the calls. */
export function listChanges({ changes }: DrivenRun): string[] {
  return changes.map(({ name, input }) => `${name.replace("_file", "")} ${String(input["path"])}`);
}
