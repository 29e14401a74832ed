import { HistoryScreen } from "#components/history/history-screen.tsx";
import { readProjectParams } from "#components/project/project-params.ts";

export default async function HistoryPage({ params }: { params: Promise<{ project: string }> }) {
  return <HistoryScreen {...await readProjectParams(params)} />;
}
