import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import type { RunStatus } from "#lib/contracts/runs/run-state.ts";
import type { RunOutput } from "#lib/contracts/runs/run.ts";
import type { useRunEvents } from "../run/progress/run-events.ts";

/** The props of the page for a run without a version: a question or a plan. */
export type TalkRunProps = {
  projectId: ProjectId;
  run: RunOutput;
  status: RunStatus;
  parent: GenerationOutput | null;
  events: ReturnType<typeof useRunEvents>;
};
