import type { ReactNode } from "react";
import { ProjectHeader } from "#components/project/project-header.tsx";
import { readProjectParams } from "#components/project/project-params.ts";

export default async function ProjectLayout({ params, children }: { params: Promise<{ project: string }>; children: ReactNode }) {
  const { projectId } = await readProjectParams(params);
  return (
    <>
      <ProjectHeader projectId={projectId} />
      {children}
    </>
  );
}
