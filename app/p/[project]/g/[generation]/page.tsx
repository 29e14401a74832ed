import { GenerationScreen } from "#components/generation/generation-screen.tsx";
import { readGenerationParams } from "#components/project/project-params.ts";

export default async function GenerationPage({ params }: { params: Promise<{ project: string; generation: string }> }) {
  const place = await readGenerationParams(params);
  return <GenerationScreen key={place.generationId} {...place} />;
}
