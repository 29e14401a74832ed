"use client";

import { useState, type ReactNode } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { SeverityBadge } from "../../validation/severity-badge.tsx";

/** The result of the decisions, checked as it would be saved, and its buttons. */
export function DecisionResult({
  text,
  hint,
  problems,
  errors,
  onShow,
  children,
}: {
  text: string;
  /** What saving does. */
  hint: string;
  /** Inconsistent parts. */
  problems: readonly ValidationIssue[];
  errors: readonly { error: unknown; onRetry?: () => void }[];
  /** Navigates to a problem. */
  onShow: (path: FilePath) => void;
  children: ReactNode;
}) {
  const [isShown, setIsShown] = useState(false);
  return (
    <section aria-label="Result" className="flex flex-col">
      {isShown && problems.length > 0 && (
        <ul aria-label="Problems of the result" className="max-h-48 overflow-y-auto border-b bg-background">
          {problems.map((issue, index) => (
            <li key={index} className="flex items-baseline gap-2 border-b px-3 py-1.5 text-sm last:border-b-0">
              <SeverityBadge severity={issue.severity} />
              <button
                type="button"
                onClick={() => onShow(issue.path)}
                className="min-w-0 flex-1 rounded-sm text-left break-words hover:underline"
              >
                {issue.path}: {issue.message}
              </button>
            </li>
          ))}
        </ul>
      )}
      {errors.map(({ error, ...retry }, index) =>
        error === null || error === undefined ? null : (
          <div key={index} className="p-2">
            <ErrorState error={error} {...retry} />
          </div>
        ),
      )}
      <div className="flex min-h-12 flex-wrap items-center gap-2 px-3 py-2">
        <div className="min-w-48 flex-1 text-sm break-words">
          <p role="status">{text}</p>
          <p className="text-muted">{hint}</p>
        </div>
        {problems.length > 0 && (
          <Button aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
            {isShown ? "Hide" : "Show"}
          </Button>
        )}
        {children}
      </div>
    </section>
  );
}
