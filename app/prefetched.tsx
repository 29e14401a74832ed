import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { makeRequestId } from "#server/http/make-request-id.ts";
import { getWebContainer } from "#server/http/web-container.ts";
import { localOwnerId } from "#server/trpc/context.ts";
import { appRouter, type AppRouter } from "#server/trpc/root.ts";

/** A page waits no longer for its data: it then shows its skeleton, and the browser fetches the data. */
const patienceMs = 1_000;

type Prefetch = (tools: { trpc: TRPCOptionsProxy<AppRouter>; queries: QueryClient }) => Promise<unknown>;

/**
 * Prefetches a page's first data through the API's own router, so that a cold visit renders content instead of a
 * skeleton. `load` prefetches queries with the same options as the screen: same procedure, same input. On navigation
 * within the product the browser has most data and fetches the rest, so nothing is prefetched. Errors are ignored here:
 * the browser's own request shows them.
 */
export async function Prefetched({ load, children }: { load: Prefetch; children: ReactNode }) {
  const isWithinProduct = (await headers()).get("sec-fetch-dest") === "empty";
  if (isWithinProduct) return children;
  const queries = new QueryClient();
  const read = async () => {
    const container = await getWebContainer();
    await load({
      trpc: createTRPCOptionsProxy({
        router: appRouter,
        ctx: { container, ownerId: localOwnerId, requestId: makeRequestId() },
        queryClient: queries,
      }),
      queries,
    });
  };
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    read().catch(() => undefined),
    new Promise((resolve) => (timer = setTimeout(resolve, patienceMs))),
  ]);
  clearTimeout(timer);
  return <HydrationBoundary state={dehydrate(queries)}>{children}</HydrationBoundary>;
}
