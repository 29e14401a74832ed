import { readGenerationParams } from "#components/project/project-params.ts";
import { MergeScreen } from "#components/review/deciding/merge/merge-screen.tsx";

export default async function MergePage({ params }: { params: Promise<{ project: string; generation: string }> }) {
  const { projectId, generationId } = await readGenerationParams(params);
  return <MergeScreen projectId={projectId} from={generationId} />;
}
