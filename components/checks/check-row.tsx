"use client";

import { useState } from "react";
import type { CheckCase, GenerationCheck } from "#lib/contracts/versions/check.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { filesHref } from "#lib/hrefs.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { CheckLog } from "./check-log.tsx";
import { comparisonLooks, describeCheck, statusLooks } from "./check-words.ts";

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
  const { name, command, status, againstParent, reason, newFailures, stillFailing, fixed, gone, flaky } = check;
  const look = statusLooks[status];
  const comparison = comparisonLooks[againstParent];
  const place = { projectId, generationId };
  return (
    <li className="flex flex-col gap-1 px-3 py-1.5 text-sm">
      <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium" title={command}>
          {name}
        </span>
        <Badge tone={look.tone}>{look.word}</Badge>
        {comparison !== null && <Badge tone={comparison.tone}>{comparison.word}</Badge>}
        <span className="flex-1 text-muted tabular-nums">{describeCheck(check)}</span>
        {status !== "not-run" && status !== "queued" && (
          <Button
            size="sm"
            look="ghost"
            aria-expanded={isLogOpen}
            aria-label={`Log of ${name}`}
            onClick={() => setIsLogOpen(!isLogOpen)}
          >
            Log
          </Button>
        )}
      </div>
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
