import { QueryClient } from "@tanstack/react-query";
import { readAppError } from "./app-error.ts";

const maxRetries = 2;

/**
 * The cache of what the server said. Only a server that is away or stumbled is asked again; an answer such as "no such
 * project" stands.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failureCount, error) => failureCount < maxRetries && ["OFFLINE", "INTERNAL"].includes(readAppError(error).code),
      },
      mutations: { retry: false },
    },
  });
}
