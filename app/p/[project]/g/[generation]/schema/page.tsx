import { CodeSchemaScreen } from "#components/schema/code-schema-screen.tsx";
import { readGenerationParams } from "#components/project/project-params.ts";

export default async function CodeSchemaPage({ params }: { params: Promise<{ project: string; generation: string }> }) {
  return <CodeSchemaScreen {...await readGenerationParams(params)} />;
}
