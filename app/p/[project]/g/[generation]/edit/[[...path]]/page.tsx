import { EditScreen } from "#components/edit/edit-screen.tsx";
import { readGenerationParams } from "#components/project/project-params.ts";
import type { FilePath } from "#lib/contracts/ids.ts";

type Params = Promise<{ project: string; generation: string; path?: string[] }>;

export default async function EditPage({ params }: { params: Params }) {
  const place = await readGenerationParams(params);
  const path = (await params).path?.map(decodeURIComponent).join("/");
  return <EditScreen {...place} path={path === undefined ? null : (path as FilePath)} />;
}
