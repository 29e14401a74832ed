import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { queuePage } from "#components/conversation/queue-page.ts";
import { readProjectParams } from "#components/project/project-params.ts";
import { threadFoldCookie } from "#components/workbench/thread-fold.ts";
import { threadPage } from "#components/workbench/thread/thread-page.ts";
import { Workbench } from "#components/workbench/workbench.tsx";
import { Prefetched } from "../../prefetched.tsx";

export default async function ProjectLayout({
  params,
  children,
}: {
  params: Promise<{ project: string }>;
  children: ReactNode;
}) {
  const { projectId } = await readProjectParams(params);
  const isFolded = (await cookies()).get(threadFoldCookie)?.value === "folded";
  return (
    <Prefetched
      load={({ trpc, queries }) =>
        Promise.all([
          queries.prefetchQuery(trpc.project.get.queryOptions({ projectId })),
          queries.prefetchInfiniteQuery(
            trpc.project.thread.infiniteQueryOptions(
              { projectId, ...threadPage },
              { getNextPageParam: (page) => page.nextCursor },
            ),
          ),
          queries.prefetchQuery(trpc.model.list.queryOptions()),
          queries.prefetchQuery(trpc.run.list.queryOptions({ projectId, ...queuePage })),
        ])
      }
    >
      {/* The key resets the workbench when the user opens another project. */}
      <Workbench key={projectId} projectId={projectId} isFoldedAtFirst={isFolded}>
        {children}
      </Workbench>
    </Prefetched>
  );
}
