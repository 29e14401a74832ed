import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { readAppError } from "./app-error.ts";
import { reachability } from "./reachability.ts";

const maxRetries = 2;

/**
 * Graft usually runs on the user's own computer, so the browser's online state does not tell whether a request arrives.
 */
const networkMode = "always";

/**
 * The query cache. Only network failures and server errors are retried; an answer such as "no such project" is final.
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
