import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { readAppError } from "./app-error.ts";
import { reachability } from "./reachability.ts";

const maxRetries = 2;

/**
 * Graft most often runs on the reader's own computer: that this has no network says nothing about whether a request
 * arrives.
 */
const networkMode = "always";

/**
 * The cache of what the server said. Only a server that is away or stumbled is asked again; an answer such as "no such
 * project" stands.
 */
export function createQueryClient(): QueryClient {
  const callbacks = {
    onSuccess: () => reachability.noteAnswer(),
    onError: (error: Error) => reachability.noteError(error),
  };
  return new QueryClient({
    queryCache: new QueryCache(callbacks),
    mutationCache: new MutationCache(callbacks),
    defaultOptions: {
      queries: {
        networkMode,
        staleTime: 5_000,
        retry: (failureCount, error) =>
          failureCount < maxRetries && ["OFFLINE", "INTERNAL"].includes(readAppError(error).code),
      },
      mutations: { networkMode, retry: false },
    },
  });
}
