import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelOutput } from "#lib/contracts/model.ts";

type Choosable = Pick<ModelOutput, "modelId" | "provider" | "isAvailable" | "isDefault">;

/**
 * The model of the next run: the one last chosen in this browser, else the server's default. The built-in generator
 * only knows the projects that it made: in another one, it is the default only if there is no other model. Undefined
 * while that is unknown, and if there is no model.
 */
export function chooseModel<Model extends Choosable>({
  models,
  stored,
  lastUsed,
}: {
  models: readonly Model[];
  stored: string | null;
  /** The model of the project's last run: null without a run, undefined while unknown. */
  lastUsed: ModelId | null | undefined;
}): Model | undefined {
  const available = models.filter(({ isAvailable }) => isAvailable);
  const remembered = available.find(({ modelId }) => modelId === stored);
  if (remembered !== undefined) return remembered;
  const fallback = models.find(({ isDefault }) => isDefault) ?? available[0];
  if (fallback?.provider !== "builtin") return fallback;
  const other = available.find(({ provider }) => provider !== "builtin");
  if (other === undefined) return fallback;
  return lastUsed === undefined
    ? undefined
    : lastUsed === null
      ? other
      : (available.find(({ modelId }) => modelId === lastUsed) ?? other);
}
