import { OpenProjectScreen } from "#components/project/open-project-screen.tsx";
import { readProjectParams } from "#components/project/project-params.ts";

export default async function ProjectPage({ params }: { params: Promise<{ project: string }> }) {
  return <OpenProjectScreen {...await readProjectParams(params)} />;
}
