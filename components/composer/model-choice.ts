import { useQuery } from "@tanstack/react-query";
import type { ModelId } from "#lib/contracts/ids.ts";
import type { ModelOutput } from "#lib/contracts/model.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useStoredText } from "../ui/hooks/stored-text.ts";

/**
 * The model of the next run: the last chosen one in this browser if available, else the server's default. `chosen` is
 * undefined until the list is loaded; a request without a model uses the default too.
 */
export function useModelChoice(): {
  models: ModelOutput[];
  chosen: ModelOutput | undefined;
  choose: (modelId: ModelId) => void;
  error: unknown;
} {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.model.list.queryOptions(undefined, { staleTime: 60_000 }));
  const [stored, setStored] = useStoredText("graft.model");
  const models = data ?? [];
  const remembered = models.find(({ modelId, isAvailable }) => modelId === stored && isAvailable);
  const fallback = models.find(({ isDefault }) => isDefault) ?? models.find(({ isAvailable }) => isAvailable);
  return { models, chosen: remembered ?? fallback, choose: setStored, error };
}
