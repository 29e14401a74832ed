import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { makeRequestId } from "#server/http/make-request-id.ts";
import { getWebContainer } from "#server/http/web-container.ts";
import { localOwnerId } from "#server/trpc/context.ts";
import { appRouter, type AppRouter } from "#server/trpc/root.ts";

/** A page does not wait longer for its data: it shows its skeleton, and the browser asks. */
const patienceMs = 1_000;

type Prefetch = (tools: { trpc: TRPCOptionsProxy<AppRouter>; queries: QueryClient }) => Promise<unknown>;

/**
 * What a page shows first, read through the API's own router and sent with the page, so that a cold visit paints
 * content and not a skeleton. `load` prefetches queries with the options that the screen uses: same procedure, same
 * input. Within the product the browser has most of it already and asks for the rest by itself, so nothing is read
 * then. An error is left to the browser's own request, which shows it.
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
