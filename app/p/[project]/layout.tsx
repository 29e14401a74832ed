import type { ReactNode } from "react";
import { ProjectHeader } from "#components/project/project-header.tsx";
import { readProjectParams } from "#components/project/project-params.ts";
import { Prefetched } from "../../prefetched.tsx";

export default async function ProjectLayout({
  params,
  children,
}: {
  params: Promise<{ project: string }>;
  children: ReactNode;
}) {
  const { projectId } = await readProjectParams(params);
  return (
    <Prefetched load={({ trpc, queries }) => queries.prefetchQuery(trpc.project.get.queryOptions({ projectId }))}>
      <ProjectHeader projectId={projectId} />
      {children}
    </Prefetched>
  );
}
