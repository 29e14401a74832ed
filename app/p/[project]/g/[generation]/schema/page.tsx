import { readGenerationParams } from "#components/project/project-params.ts";
import { CodeSchemaScreen } from "#components/schema/code-schema-screen.tsx";
import { AddressState } from "#components/ui/hooks/address-state.tsx";

export default async function CodeSchemaPage({ params }: { params: Promise<{ project: string; generation: string }> }) {
  const place = await readGenerationParams(params);
  return (
    <AddressState>
      <CodeSchemaScreen {...place} />
    </AddressState>
  );
}
