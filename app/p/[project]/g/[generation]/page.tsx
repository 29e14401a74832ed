import { GenerationScreen } from "#components/generation/generation-screen.tsx";
import { readGenerationParams } from "#components/project/project-params.ts";
import { Prefetched } from "../../../../prefetched.tsx";

export default async function GenerationPage({ params }: { params: Promise<{ project: string; generation: string }> }) {
  const place = await readGenerationParams(params);
  const { generationId } = place;
  return (
    <Prefetched
      load={({ trpc, queries }) =>
        Promise.all([
          queries
            .fetchQuery(trpc.generation.get.queryOptions({ generationId }))
            .then(({ parentGenerationIds }) =>
              Promise.all(
                parentGenerationIds.map((parentId) =>
                  queries.prefetchQuery(trpc.generation.summary.queryOptions({ generationId: parentId })),
                ),
              ),
            ),
          queries.prefetchQuery(trpc.generation.brief.queryOptions({ generationId })),
          queries.prefetchQuery(trpc.model.list.queryOptions()),
        ])
      }
    >
      <GenerationScreen key={generationId} {...place} />
    </Prefetched>
  );
}
