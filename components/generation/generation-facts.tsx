import type { ReactNode } from "react";
import type { GenerationDetailOutput } from "#lib/contracts/versions/generation.ts";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { runHref } from "#lib/hrefs.ts";
import { formatCost, formatDuration, formatTokens } from "#lib/format-amount.ts";
import { CommitId } from "./commit/commit-id.tsx";
import { Badge } from "../ui/badge.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";

const validationLooks = {
  passed: { tone: "positive", word: "passed" },
  warnings: { tone: "caution", word: "warnings" },
  failed: { tone: "negative", word: "failed" },
} as const;

/** A version's time, author, model, cost, and its id for scripts. */
export function GenerationFacts({
  projectId,
  generation,
}: {
  projectId: ProjectId;
  generation: GenerationDetailOutput;
}) {
  const { author, authorName, model, createdAt, validation, usage, runId, generationId } = generation;
  const check = validationLooks[validation.status];
  return (
    <section aria-labelledby="facts" className="rounded-md border">
      <h2 id="facts" className="flex h-9 items-center border-b bg-surface px-3 text-sm font-medium">
        About this version
      </h2>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1.5 px-3 py-2 text-sm">
        <Fact name="Made">
          <RelativeTime at={createdAt} />, by {authorName ?? (author === "model" ? "the model" : "you")}
        </Fact>
        {model !== null && (
          <Fact name="Model">
            <span className="font-mono text-xs break-all">{model}</span>
          </Fact>
        )}
        <Fact name="Checks">
          <Badge tone={check.tone}>{check.word}</Badge>
        </Fact>
        {usage !== null && (
          <>
            <Fact name="Tokens">
              {formatTokens(usage.inputTokens)} in, {formatTokens(usage.outputTokens)} out
            </Fact>
            <Fact name="Model time">
              {formatDuration(usage.durationMs)}, {usage.modelCalls} {usage.modelCalls === 1 ? "call" : "calls"}
            </Fact>
            <Fact name="Cost">{usage.costUsd === undefined ? "–" : formatCost(usage.costUsd)}</Fact>
          </>
        )}
        {runId !== null && (
          <Fact name="Run">
            <Link href={runHref({ projectId, runId })} className="underline">
              Run details
            </Link>
          </Fact>
        )}
        <Fact name="Commit">
          <CommitId generation={generation} />
        </Fact>
        <Fact name="Id">
          <span className="font-mono text-xs break-all">{generationId}</span>
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </>
  );
}
