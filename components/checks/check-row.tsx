"use client";

import { useState } from "react";
import type { CheckCase, GenerationCheck } from "#lib/contracts/versions/check.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { filesHref } from "#lib/hrefs.ts";
import { Link } from "../ui/link.tsx";
import { CheckHead } from "./check-head.tsx";
import { CheckLog } from "./check-log.tsx";
import { describeCheck } from "./check-words.ts";

/** Per kind; the log has all of them. */
const shownCases = 8;

export function CheckRow({
  projectId,
  generationId,
  check,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  check: GenerationCheck;
}) {
  const [isLogOpen, setIsLogOpen] = useState(false);
  const { name, status, reason, newFailures, stillFailing, fixed, gone, flaky } = check;
  const place = { projectId, generationId };
  return (
    <li className="flex flex-col gap-1 px-3 py-1.5 text-sm">
      <CheckHead
        check={check}
        detail={describeCheck(check)}
        isLogOpen={isLogOpen}
        onLogToggle={status === "not-run" || status === "queued" ? null : () => setIsLogOpen(!isLogOpen)}
      />
      {reason !== undefined && <p className="text-caution">{reason}</p>}
      <CaseList {...place} title="New failures" cases={newFailures} />
      <CaseList {...place} title="Failed before too" cases={stillFailing} />
      <CaseList {...place} title="Fixed" cases={fixed} />
      <CaseList {...place} title="Failed before and not run any more" cases={gone} />
      <CaseList {...place} title="Flaky: failed and passed on the same files" cases={flaky} />
      {isLogOpen && <CheckLog of={{ generationId }} checkId={check.checkId} name={name} status={status} />}
    </li>
  );
}

function CaseList({
  projectId,
  generationId,
  title,
  cases,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  title: string;
  cases: readonly CheckCase[];
}) {
  if (cases.length === 0) return null;
  return (
    <div className="pl-2">
      <p className="text-xs font-medium text-muted">{title}</p>
      <ul aria-label={title} className="flex flex-col">
        {cases.slice(0, shownCases).map(({ name, path, line, message }) => (
          <li key={`${path ?? ""}:${line ?? ""}:${name}`} className="flex min-h-6 flex-wrap items-center gap-x-2">
            <span className="min-w-0 break-words">{name}</span>
            {path !== undefined && (
              <Link
                href={filesHref({ projectId, generationId, path, line })}
                className="inline-flex min-h-6 items-center font-mono text-xs break-all text-muted underline"
              >
                {line === undefined ? path : `${path}:${line}`}
              </Link>
            )}
            {message !== "" && !name.includes(message) && (
              <span className="line-clamp-2 w-full pl-2 font-mono text-xs break-words whitespace-pre-wrap text-muted">
                {message}
              </span>
            )}
          </li>
        ))}
      </ul>
      {cases.length > shownCases && (
        <p className="text-xs text-muted">and {cases.length - shownCases} more, in the log</p>
      )}
    </div>
  );
}
