import { useQuery } from "@tanstack/react-query";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelOutput } from "#lib/contracts/model.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useStoredText } from "../ui/hooks/stored-text.ts";
import { chooseModel } from "./choose-model.ts";

/**
 * The model of the next run. `chosen` is undefined until `isKnown`, and if no model is available: a request without a
 * model uses the server's default, which may be another one than the user chose. `project` is absent for a new project,
 * which the built-in generator can make.
 */
export function useModelChoice(project?: Pick<Parameters<typeof chooseModel>[0], "lastUsed">): {
  models: ModelOutput[];
  chosen: ModelOutput | undefined;
  isKnown: boolean;
  choose: (modelId: ModelId) => void;
  error: unknown;
  retry: () => void;
} {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.model.list.queryOptions(undefined, { staleTime: 60_000 }));
  const [stored, setStored] = useStoredText("graft.model");
  const models = data ?? [];
  const lastUsed = project === undefined ? models.find(({ isDefault }) => isDefault)?.modelId : project.lastUsed;
  const chosen = chooseModel({ models, stored, lastUsed });
  const hasNone = data !== undefined && !data.some(({ isAvailable }) => isAvailable);
  return {
    models,
    chosen,
    isKnown: chosen !== undefined || hasNone,
    choose: setStored,
    error,
    retry: () => void refetch(),
  };
}
