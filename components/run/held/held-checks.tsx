"use client";

import { useState } from "react";
import type { RunId } from "#lib/contracts/ids.ts";
import type { CandidateCheck, CheckCase } from "#lib/contracts/versions/check.ts";
import { CheckHead } from "../../checks/check-head.tsx";
import { CheckLog } from "../../checks/check-log.tsx";

/** Cases listed for each check; the log has all of them. */
const shownCases = 8;

/** The project's checks that hold a result, with their new failures and logs. */
export function HeldChecks({ runId, checks }: { runId: RunId; checks: readonly CandidateCheck[] }) {
  const holding = checks.filter(({ isHolding }) => isHolding);
  if (holding.length === 0) return null;
  return (
    <ul aria-label="Failing checks" className="divide-y rounded-md border">
      {holding.map((check) => (
        <HeldCheck key={check.checkId} runId={runId} check={check} />
      ))}
    </ul>
  );
}

function HeldCheck({ runId, check }: { runId: RunId; check: CandidateCheck }) {
  const [isLogOpen, setIsLogOpen] = useState(false);
  const { checkId, name, status, newFailures, newFailureCount, exitCode } = check;
  return (
    <li className="flex flex-col gap-1 px-3 py-1.5 text-sm">
      <CheckHead
        check={check}
        detail={newFailureCount === 0 ? `exit code ${exitCode ?? 1}` : ""}
        isLogOpen={isLogOpen}
        onLogToggle={() => setIsLogOpen(!isLogOpen)}
      />
      {newFailures.length > 0 && (
        <ul aria-label={`New failures of ${name}`} className="flex flex-col pl-2">
          {newFailures.slice(0, shownCases).map((one) => (
            <FailingCase key={`${one.path ?? ""}:${one.line ?? ""}:${one.name}`} one={one} />
          ))}
        </ul>
      )}
      {newFailureCount > shownCases && (
        <p className="pl-2 text-xs text-muted">and {newFailureCount - shownCases} more, in the log</p>
      )}
      {isLogOpen && <CheckLog of={{ runId }} checkId={checkId} name={name} status={status} />}
    </li>
  );
}

function FailingCase({ one: { name, path, line, message } }: { one: CheckCase }) {
  return (
    <li className="flex min-h-6 flex-wrap items-center gap-x-2">
      <span className="min-w-0 break-words">{name}</span>
      {path !== undefined && (
        <span className="font-mono text-xs break-all text-muted">{line === undefined ? path : `${path}:${line}`}</span>
      )}
      {message !== "" && !name.includes(message) && (
        <span className="line-clamp-2 w-full pl-2 font-mono text-xs break-words whitespace-pre-wrap text-muted">
          {message}
        </span>
      )}
    </li>
  );
}
