import { NuqsAdapter } from "nuqs/adapters/next/app";
import { ParentReviewScreen } from "#components/diff/review-screen.tsx";
import { readGenerationParams } from "#components/project/project-params.ts";

export default async function ReviewPage({ params }: { params: Promise<{ project: string; generation: string }> }) {
  const place = await readGenerationParams(params);
  return (
    <NuqsAdapter>
      <ParentReviewScreen key={place.generationId} {...place} />
    </NuqsAdapter>
  );
}
