import { useQuery } from "@tanstack/react-query";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelOutput } from "#lib/contracts/model.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useStoredText } from "../ui/hooks/stored-text.ts";
import { chooseModel } from "./choose-model.ts";

/**
 * The model of the next run. `chosen` is undefined until it is known; a request without a model uses the server's
 * default. `project` is absent for a new project, which the built-in generator can make.
 */
export function useModelChoice(project?: Pick<Parameters<typeof chooseModel>[0], "lastUsed">): {
  models: ModelOutput[];
  chosen: ModelOutput | undefined;
  choose: (modelId: ModelId) => void;
  error: unknown;
} {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.model.list.queryOptions(undefined, { staleTime: 60_000 }));
  const [stored, setStored] = useStoredText("graft.model");
  const models = data ?? [];
  const lastUsed = project === undefined ? models.find(({ isDefault }) => isDefault)?.modelId : project.lastUsed;
  return { models, chosen: chooseModel({ models, stored, lastUsed }), choose: setStored, error };
}
