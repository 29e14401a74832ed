import fc from "fast-check";
import { expect, test } from "vitest";
import type { FilePath } from "#lib/contracts/ids.ts";
import { runInMemory } from "#server/testing/run-in-memory.ts";
import type { ModelToolCall, ModelTurn } from "./ports.ts";

/** What a random model does to one file in one turn. */
type Deed =
  | { type: "write" | "edit" | "move"; file: number }
  /** In an unreadable form, and whether a later turn makes the change good. */
  | { type: "misfit" | "miss" | "unreadable" | "unknown-tool"; file: number; isMended: boolean }
  | { type: "nothing"; file: number }
  | { type: "repeat" };

const fileCount = 6;
const lineCount = 4;

/** All lines of all files differ, so that each change has one position and one meaning. */
const parentTexts = new Map(
  Array.from({ length: fileCount }, (_, file) => [
    `docs/file-${file}.txt` as FilePath,
    Array.from({ length: lineCount }, (_, line) => `word${file}x${line} stands here\n`).join(""),
  ]),
);

type Wanted = {
  name: string;
  input: Record<string, unknown>;
  path: string;
  apply: (texts: Map<string, string>) => void;
};

/** The change of one action: the correct call, and its effect on the texts. */
function toWanted({ deed, index }: { deed: Exclude<Deed, { type: "repeat" | "nothing" }>; index: number }): Wanted {
  const path = `docs/file-${deed.file}.txt`;
  const oldText = `word${deed.file}x${index % lineCount} stands here`;
  const newText = `change${index} of file${deed.file} stands here`;
  if (deed.type === "write") {
    const added = `docs/new-${index}.txt`;
    const content = `content ${index}\n`;
    return {
      name: "write_file",
      path: added,
      input: { path: added, content },
      apply: (texts) => texts.set(added, content),
    };
  }
  if (deed.type === "move") {
    const destination = `docs/moved-${index}.txt`;
    return {
      name: "move_file",
      path,
      input: { source: path, destination },
      apply: (texts) => {
        texts.set(destination, texts.get(path) ?? "");
        texts.delete(path);
      },
    };
  }
  return {
    name: "edit_file",
    path,
    input: { path, edits: [{ oldText, newText }] },
    apply: (texts) => texts.set(path, (texts.get(path) ?? "").replace(oldText, newText)),
  };
}

function spoil({ deed, wanted, index }: { deed: Deed; wanted: Wanted; index: number }): Omit<ModelToolCall, "callId"> {
  const { path, input } = wanted;
  const edits = input["edits"] as { oldText: string; newText: string }[];
  switch (deed.type) {
    case "misfit":
      return { name: "edit_file", input: { path, edits: edits.map(({ oldText }) => ({ oldText })) } };
    case "miss":
      return {
        name: "edit_file",
        input: { path, edits: edits.map(({ newText }) => ({ oldText: `absent${index}`, newText })) },
      };
    case "unreadable":
      return { name: "edit_file", rawInput: `{"path": "${path}", "edits": [oops`, invalidReason: "No JSON." };
    default:
      return { name: "insert_after_line", input: { path, line: 1, text: edits[0]?.newText } };
  }
}

/** Two turns of a model with tools, and the tree that they ask for. Each file is changed by at most one action. */
function play(deeds: readonly Deed[]) {
  const first: Omit<ModelToolCall, "callId">[] = [];
  const second: Omit<ModelToolCall, "callId">[] = [];
  const texts = new Map<string, string>(parentTexts);
  let openCount = 0;
  for (const [index, deed] of deeds.entries()) {
    if (deed.type === "repeat") {
      const again = first.at(-1);
      if (again !== undefined && again.invalidReason === undefined) second.push(again);
      continue;
    }
    if (deed.type === "nothing") {
      const same = `word${deed.file}x0`;
      first.push({
        name: "edit_file",
        input: { path: `docs/file-${deed.file}.txt`, edits: [{ oldText: same, newText: same }] },
      });
      continue;
    }
    const wanted = toWanted({ deed, index });
    if (!("isMended" in deed)) {
      first.push({ name: wanted.name, input: wanted.input });
      wanted.apply(texts);
      continue;
    }
    first.push(spoil({ deed, wanted, index }));
    if (deed.isMended) {
      second.push({ name: wanted.name, input: wanted.input });
      wanted.apply(texts);
    } else openCount += 1;
  }
  return { turns: [first, second], texts, openCount };
}

const usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, modelCalls: 1, durationMs: 0 };

function run(turns: Omit<ModelToolCall, "callId">[][]) {
  const toTurn = (calls: Omit<ModelToolCall, "callId">[]) => (): ModelTurn => ({
    text: "",
    toolCalls: calls.map((call, index) => ({ ...call, callId: `call-${index}` })),
    finishReason: "tool-calls",
    usage,
  });
  const finish = { name: "finish", input: { summary: "Done." } };
  return runInMemory({
    parent: Object.fromEntries(parentTexts),
    prompt: "Change the texts, and move files",
    turns: [...turns.filter((calls) => calls.length > 0), ...Array.from({ length: 12 }, () => [finish])].map(toTurn),
  });
}

const anyFile = fc.nat(fileCount - 1);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ type: fc.constantFrom("write" as const, "edit" as const, "move" as const), file: anyFile }),
  fc.record({
    type: fc.constantFrom("misfit" as const, "miss" as const, "unreadable" as const, "unknown-tool" as const),
    file: anyFile,
    isMended: fc.boolean(),
  }),
  fc.record({ type: fc.constant("nothing" as const), file: anyFile }),
  fc.constant<Deed>({ type: "repeat" }),
);

/** One action per file: the effect of two changes of one file is tested in the engine, not in the ledger. */
const deeds = fc.uniqueArray(deed, {
  minLength: 1,
  maxLength: 10,
  selector: (each) => ("file" in each && each.type !== "write" ? each.file : Symbol("any")),
});

test("everything that a model sends is accounted for, and a run succeeds with nothing open and the requested tree", async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (sent) => {
      const { turns, texts, openCount } = play(sent);
      const { outcome, files } = await run(turns);
      const { proposals } = outcome;
      expect(proposals.applied + proposals.refused + proposals.madeGood + proposals.open).toBe(proposals.sent);
      expect(proposals.rows).toHaveLength(proposals.sent);
      // Each repeated attempt counts.
      expect(proposals.open > 0).toBe(openCount > 0);
      if (openCount > 0) expect(outcome.status).not.toBe("succeeded");
      if (outcome.status !== "succeeded") {
        const isChanged = [...texts].some(([path, text]) => parentTexts.get(path as FilePath) !== text);
        expect(openCount > 0 || !isChanged).toBe(true);
        return;
      }
      const stored = Object.entries(files ?? {}).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
      expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(texts));
    }),
    { numRuns: 400 },
  );
});
