import type { RunOutput } from "#lib/contracts/runs/run.ts";
import { candidatesHref } from "#lib/hrefs.ts";
import { Link } from "../ui/link.tsx";

/** On the page of a run that is one of several answers: a link to all. Renders nothing for a single run. */
export function CandidateNote({ run }: { run: Pick<RunOutput, "projectId" | "runId" | "candidate"> }) {
  if (run.candidate === null) return null;
  return (
    <p className="text-sm text-muted">
      Candidate {run.candidate.place + 1} of several: its version does not become active by itself.{" "}
      <Link href={candidatesHref(run)} className="underline">
        Compare the candidates
      </Link>
    </p>
  );
}
