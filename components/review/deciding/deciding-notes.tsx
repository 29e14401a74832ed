import type { ReactNode } from "react";
import type { LineNote } from "../../diff-surface/surface-types.ts";
import { FindingNote } from "../findings/finding-note.tsx";
import type { Finding } from "../findings/list-findings.ts";

/** Renders the notes at lines: findings and others. */
export function renderDecidingNotes({
  findings,
  renderNote,
}: {
  findings: readonly Finding[];
  renderNote: ((note: LineNote) => ReactNode) | undefined;
}) {
  const byKey = new Map(findings.map((finding) => [finding.key, finding]));
  const note = (each: LineNote): ReactNode => {
    const finding = byKey.get(each.key);
    return finding === undefined ? renderNote?.(each) : <FindingNote issue={finding.issue} />;
  };
  return {
    note,
    /** The notes of a file whose lines are not rendered. */
    ofFile: (notes: readonly LineNote[], path: string): ReactNode =>
      notes.flatMap((each) => (each.id === path && each.line === 0 ? [<div key={each.key}>{note(each)}</div>] : [])),
  };
}
