import { ChecksScreen } from "#components/checks/checks-screen.tsx";
import { readGenerationParams } from "#components/project/project-params.ts";

export default async function ChecksPage({ params }: { params: Promise<{ project: string; generation: string }> }) {
  return <ChecksScreen {...await readGenerationParams(params)} />;
}
