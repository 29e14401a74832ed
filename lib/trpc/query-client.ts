import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  MutationCache,
  QueryCache,
  QueryClient,
} from "@tanstack/react-query";
import { readAppError } from "./app-error.ts";
import { reachability } from "./reachability.ts";

const maxRetries = 2;

/**
 * Graft usually runs on the user's own computer, so the browser's online state does not tell whether a request arrives.
 */
const networkMode = "always";

/**
 * A request that was sent before an invalidation may have been answered with older data. The library keeps the first
 * request of a query that has no data yet; this client sends a new one.
 */
class FreshQueryClient extends QueryClient {
  override invalidateQueries(filters?: InvalidateQueryFilters, options?: InvalidateOptions): Promise<void> {
    for (const query of this.getQueryCache().findAll({ ...filters, fetchStatus: "fetching" })) {
      void query.cancel({ silent: true });
      // Callers of the cancelled request receive the response of this one. An error is in the query's state.
      query.fetch().catch(() => {});
    }
    return super.invalidateQueries(filters, { ...options, cancelRefetch: false });
  }
}

/**
 * The query cache. Only network failures and server errors are retried; an answer such as "no such project" is final.
 */
export function createQueryClient(): QueryClient {
  const callbacks = {
    onSuccess: () => reachability.noteAnswer(),
    onError: (error: Error) => reachability.noteError(error),
  };
  return new FreshQueryClient({
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
