import type { ShownFile } from "#lib/contracts/runs/context-receipt.ts";
import type { RunEvent } from "#lib/contracts/runs/run-event.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { readEncodedText } from "#server/core/text-encoding.ts";
import type { FileTree } from "#server/core/file-tree.ts";
import type { WorkingTree } from "#server/core/merge/working-tree.ts";
import type { SecretFinding } from "#server/core/secrets/secret-finding.ts";
import { pickSecrets, SecretMask } from "#server/core/secrets/secret-mask.ts";
import { loadCurrentContents } from "./load-current-contents.ts";
import type { ModelMessage, RunDependencies } from "../ports.ts";

/** Files whose secrets are hidden from the model, with the findings, and the mask that hides them. */
export type WithheldSecrets = { files: ReadonlyMap<FilePath, readonly SecretFinding[]>; mask: SecretMask };

/** Finds the secrets in the files that a run starts with, except in files that the user allowed. */
export async function findWithheldSecrets({
  currentTree,
  workingTree,
  shown,
  dependencies: { secrets, generations },
}: {
  currentTree: FileTree;
  workingTree: WorkingTree;
  /** Paths that the user allowed. */
  shown: readonly string[];
  dependencies: Pick<RunDependencies, "secrets" | "generations">;
}): Promise<WithheldSecrets> {
  const loadContents = (hashes: Parameters<typeof generations.loadContents>[0]) =>
    loadCurrentContents({ workingTree, generations, hashes: [...hashes] });
  const allowed = new Set(shown);
  const searched = [...currentTree].flatMap(([path, entry]) => (allowed.has(path) ? [] : [{ path, ...entry }]));
  const files = await secrets.find({ files: searched, loadContents });
  const hashes = [...files.keys()].flatMap((path) => currentTree.get(path)?.contentHash ?? []);
  const contents = files.size === 0 ? new Map<string, Uint8Array>() : await loadContents(hashes);
  const values = [...files].flatMap(([path, findings]) => {
    const bytes = contents.get(currentTree.get(path)?.contentHash ?? ("" as never));
    return bytes === undefined ? [] : pickSecrets({ text: readEncodedText(bytes)?.text ?? "", findings });
  });
  return { files, mask: new SecretMask(values) };
}

/** The files with withheld secrets as entries of the context receipt, with the reason. */
export function listWithheld({
  currentTree,
  withheld: { files },
}: {
  currentTree: FileTree;
  withheld: WithheldSecrets;
}): ShownFile[] {
  return [...files].flatMap(([path, findings]): ShownFile[] => {
    const contentHash = currentTree.get(path)?.contentHash;
    if (contentHash === undefined) return [];
    const kinds = [...new Set(findings.map(({ kind }) => kind))].join(", ");
    return [{ path, contentHash, depth: "withheld", tokens: 0, reason: `holds a secret (${kinds})` }];
  });
}

/** Wraps the models and events so that they never receive a withheld secret, whatever text contains it. */
export function withoutSecrets({
  dependencies,
  mask,
}: {
  dependencies: RunDependencies;
  mask: SecretMask;
}): RunDependencies {
  if (mask.isEmpty) return dependencies;
  const { models, events } = dependencies;
  // A conversation sends its earlier messages again with each turn.
  const masked = new WeakMap<ModelMessage, ModelMessage>();
  const maskMessage = (message: ModelMessage): ModelMessage => {
    const known = masked.get(message) ?? maskStrings({ value: message, mask });
    masked.set(message, known);
    return known;
  };
  return {
    ...dependencies,
    models: {
      list: () => models.list(),
      get: (modelId) => models.get(modelId),
      runTurn: (request) =>
        models.runTurn({
          ...request,
          system: mask.apply(request.system),
          // The model's own earlier output is sent unchanged: providers verify their signatures of it.
          messages: request.messages.map((message) => (message.role === "assistant" ? message : maskMessage(message))),
        }),
    },
    events: {
      append: (event) => events.append(maskStrings<RunEvent>({ value: event, mask })),
      flush: () => events.flush(),
    },
  };
}

function maskStrings<Value>({ value, mask }: { value: Value; mask: SecretMask }): Value {
  if (typeof value === "string") return mask.apply(value) as Value;
  if (Array.isArray(value)) return value.map((part: unknown) => maskStrings({ value: part, mask })) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => [name, maskStrings({ value: part, mask })]),
  ) as Value;
}
