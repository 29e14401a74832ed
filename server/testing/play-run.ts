import { callTools, sayText, type ScriptedTurn } from "./scripted-gateway.ts";
import { runInMemory, type ProjectFiles } from "./run-in-memory.ts";

/** A test's change: the files that differ from the parent's; null for a deleted one. */
export type Difference = Readonly<Record<string, string | Uint8Array | null>>;
export type Calls = [name: string, input: unknown][];

export const write = (path: string, content: string): Calls[number] => ["write_file", { path, content }];
export const read = (path: string): Calls[number] => ["read_file", { path }];
export const remove = (path: string): Calls[number] => ["delete_file", { path }];
export const move = (source: string, destination: string): Calls[number] => ["move_file", { source, destination }];
export const edit = (path: string, ...edits: [oldText: string, newText: string][]): Calls[number] => [
  "edit_file",
  { path, edits: edits.map(([oldText, newText]) => ({ oldText, newText })) },
];

/** The model's turns beyond its script: it says that it is done until the run accepts that. */
const spareTurns = 14;

/** The outcome of a run: `held` if no version was made, else what the version changed. */
export async function playCalls({
  parent,
  prompt,
  turns,
}: {
  parent: ProjectFiles;
  prompt: string;
  turns: readonly Calls[];
}): Promise<Difference | "held"> {
  const done = callTools(["finish", { summary: "Done." }]);
  return play({ parent, prompt, turns: [...turns.map((calls) => callTools(...calls)), ...repeat(done)] });
}

export async function playText({
  parent,
  prompt,
  text,
}: {
  parent: ProjectFiles;
  prompt: string;
  text: string;
}): Promise<Difference | "held"> {
  const done = sayText("I have nothing to add.");
  return play({ parent, prompt, turns: [sayText(text), ...repeat(done)], supportsTools: false });
}

function repeat(turn: ScriptedTurn): ScriptedTurn[] {
  return Array.from({ length: spareTurns }, () => turn);
}

async function play({ parent, ...script }: Parameters<typeof runInMemory>[0]): Promise<Difference | "held"> {
  const { files } = await runInMemory({ parent, ...script });
  if (files === null) return "held";
  const paths = [...new Set([...Object.keys(parent), ...Object.keys(files)])].toSorted();
  return Object.fromEntries(
    paths.flatMap((path): [string, Difference[string]][] => {
      const [before, after] = [toBytes(parent[path]), files[path]];
      if (after === undefined) return [[path, null]];
      if (before !== undefined && Buffer.compare(before, after) === 0) return [];
      return [[path, typeof parent[path] === "object" ? after : Buffer.from(after).toString("utf8")]];
    }),
  );
}

function toBytes(content: string | Uint8Array | undefined): Uint8Array | undefined {
  return typeof content === "string" ? Buffer.from(content, "utf8") : content;
}
