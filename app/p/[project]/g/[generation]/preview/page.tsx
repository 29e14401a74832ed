import { PreviewScreen } from "#components/preview/preview-screen.tsx";
import { readGenerationParams, readVersionQuery } from "#components/project/project-params.ts";
import { Prefetched } from "../../../../../prefetched.tsx";

export default async function PreviewPage({
  params,
  searchParams,
}: {
  params: Promise<{ project: string; generation: string }>;
  searchParams: Promise<{ with?: string | string[] }>;
}) {
  const place = await readGenerationParams(params);
  const beside = readVersionQuery((await searchParams).with);
  return (
    <Prefetched
      load={({ trpc, queries }) =>
        Promise.all([
          queries.prefetchQuery(trpc.preview.list.queryOptions({ projectId: place.projectId })),
          ...[place.generationId, ...(beside === undefined ? [] : [beside])].map((generationId) =>
            queries.prefetchQuery(trpc.generation.summary.queryOptions({ generationId })),
          ),
        ])
      }
    >
      <PreviewScreen {...place} beside={beside} />
    </Prefetched>
  );
}
