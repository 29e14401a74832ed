import { useState } from "react";
import { resolveHunk } from "#lib/resolve-hunk.ts";
import { Choice } from "../../../ui/choice.tsx";
import { TextArea } from "../../../ui/text-area.tsx";
import type { LineDecision } from "../choices.ts";
import { toHunk, writePlace, type ConflictPart } from "./merge-choices.ts";

type Option = Exclude<LineDecision, object> | "edit";

/** Below the lines of one conflict: the ancestor's text, the decision and its result. */
export function ConflictNote({
  name,
  part,
  names: { ours, theirs, base },
  decision,
  onDecide,
}: {
  /** "Conflict 1 of 2 in a.txt". */
  name: string;
  part: ConflictPart;
  /** The version names, such as "v2" and "v3". */
  names: { ours: string; theirs: string; base: string };
  decision: LineDecision | null;
  onDecide: (decision: LineDecision) => void;
}) {
  const [text, setText] = useState(
    decision !== null && typeof decision !== "string" ? decision.text.replaceAll("\r\n", "\n") : "",
  );
  const write = (next: string) => {
    setText(next);
    onDecide(writePlace({ text: next, ...part }));
  };
  const hunk = toHunk(decision);
  const choose = (option: Option) => {
    if (option !== "edit") onDecide(option);
    else write(resolveHunk({ ...part, decision: hunk ?? { take: "ours-theirs" } }));
  };
  return (
    <section
      aria-label={name}
      className="flex flex-col gap-2 border-y border-caution/40 bg-caution-surface px-3 py-2 whitespace-normal"
    >
      {part.base !== null && <Lines name={`${base}, before both`} text={part.base} />}
      <Choice<Option>
        label={name}
        value={decision === null ? null : typeof decision === "string" ? decision : "edit"}
        options={[
          { value: "old", label: ours, description: `Keep the lines of ${ours}` },
          { value: "take", label: theirs, description: `Take the lines of ${theirs}` },
          { value: "old-take", label: `${ours} + ${theirs}`, description: `The lines of both, those of ${ours} first` },
          {
            value: "take-old",
            label: `${theirs} + ${ours}`,
            description: `The lines of both, those of ${theirs} first`,
          },
          { value: "edit", label: "Edit", description: "Write the lines by hand" },
        ]}
        onChange={choose}
        className="self-start bg-background"
      />
      {decision !== null && typeof decision !== "string" && (
        <TextArea
          aria-label={`Result, ${name}`}
          value={text}
          onChange={(event) => write(event.target.value)}
          spellCheck={false}
          className="font-mono text-xs"
        />
      )}
      {hunk !== null && typeof decision === "string" && decision.includes("-") && (
        <Lines name="Result" text={resolveHunk({ ...part, decision: hunk })} />
      )}
    </section>
  );
}

function Lines({ name, text }: { name: string; text: string }) {
  return (
    <figure className="min-w-0">
      <figcaption className="pb-0.5 text-xs text-muted">{name}</figcaption>
      <pre
        role="group"
        aria-label={`Lines, ${name}`}
        className="max-h-60 overflow-y-auto rounded-sm border bg-background px-2 py-1 font-mono text-xs break-words whitespace-pre-wrap"
      >
        {text === "" ? <span className="text-muted">No lines</span> : text}
      </pre>
    </figure>
  );
}
