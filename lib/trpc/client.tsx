"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, type TRPCClient } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { useState, type ReactNode } from "react";
import type { AppRouter } from "#server/trpc/root.ts";
import { createQueryClient } from "./query-client.ts";

const url = "/api/trpc";

/** A longer batch is split into several requests: servers and proxies refuse longer addresses. */
const maxUrlCharacters = 6_000;

const context = createTRPCContext<AppRouter>();

/** Query and mutation options of every procedure, for TanStack Query. */
export const useTRPC = context.useTRPC;

/** The plain client, for calls outside TanStack Query such as the run's subscription. */
export const useTRPCClient = context.useTRPCClient;

function createClient(): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url }),
        false: httpBatchLink({ url, maxURLLength: maxUrlCharacters }),
      }),
    ],
  });
}

export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
