import { FilesScreen } from "#components/files/files-screen.tsx";
import { readGenerationParams } from "#components/project/project-params.ts";
import { AddressState } from "#components/ui/hooks/address-state.tsx";
import type { FilePath } from "#lib/contracts/ids.ts";
import { Prefetched } from "../../../../../../prefetched.tsx";

type Params = Promise<{ project: string; generation: string; path?: string[] }>;

export default async function FilesPage({ params }: { params: Params }) {
  const place = await readGenerationParams(params);
  const path = (await params).path?.map(decodeURIComponent).join("/");
  const { generationId } = place;
  return (
    <Prefetched
      load={({ trpc, queries }) =>
        Promise.all([
          queries.prefetchQuery(trpc.generation.summary.queryOptions({ generationId })),
          queries.prefetchQuery(trpc.generation.files.queryOptions({ generationId })),
        ])
      }
    >
      <AddressState>
        <FilesScreen {...place} path={path === undefined ? null : (path as FilePath)} />
      </AddressState>
    </Prefetched>
  );
}
