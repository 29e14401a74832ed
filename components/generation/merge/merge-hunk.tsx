import { useState } from "react";
import type { HunkDecision } from "#lib/contracts/hunk-decision.ts";
import { type HunkSides, resolveHunk } from "#lib/resolve-hunk.ts";
import { Choice } from "../../ui/choice.tsx";
import { cn } from "../../ui/class-names.ts";
import { TextArea } from "../../ui/text-area.tsx";
import { writeHunk } from "./merge-decisions.ts";

type Option = "ours" | "theirs" | "ours-theirs" | "theirs-ours" | "edit";

/** One place where both versions changed the same lines: what each has, what to make of it, and what that comes to. */
export function MergeHunk({
  name,
  sides,
  names,
  decision,
  onDecide,
}: {
  /** "Place 1 of 2 in a.txt". */
  name: string;
  sides: HunkSides;
  /** The two versions, as "v2" and "v3". */
  names: { ours: string; theirs: string };
  decision: HunkDecision | null;
  onDecide: (decision: HunkDecision) => void;
}) {
  const [text, setText] = useState(
    decision !== null && "text" in decision ? decision.text.replaceAll("\r\n", "\n") : "",
  );
  const { ours, theirs } = sides;
  const write = (next: string) => {
    setText(next);
    onDecide(writeHunk({ text: next, ...sides }));
  };
  const choose = (option: Option) => {
    if (option !== "edit") onDecide({ take: option });
    else write(resolveHunk({ ...sides, decision: decision ?? { take: "ours-theirs" } }));
  };
  return (
    <section aria-label={name} className="flex flex-col gap-2 border-y border-caution/50 bg-caution-surface/40 p-2">
      <div className="grid gap-2 sm:grid-cols-2">
        <Lines name={names.ours} text={ours} />
        <Lines name={names.theirs} text={theirs} />
      </div>
      <Choice<Option>
        label={name}
        value={decision === null ? null : "text" in decision ? "edit" : decision.take}
        options={[
          { value: "ours", label: names.ours, description: `The lines of ${names.ours}` },
          { value: "theirs", label: names.theirs, description: `The lines of ${names.theirs}` },
          {
            value: "ours-theirs",
            label: `${names.ours} + ${names.theirs}`,
            description: `The lines of both, those of ${names.ours} first`,
          },
          {
            value: "theirs-ours",
            label: `${names.theirs} + ${names.ours}`,
            description: `The lines of both, those of ${names.theirs} first`,
          },
          { value: "edit", label: "Edit", description: "Write the lines by hand" },
        ]}
        onChange={choose}
        className="self-start"
      />
      {decision !== null &&
        ("text" in decision ? (
          <TextArea
            aria-label={`Result, ${name}`}
            value={text}
            onChange={(event) => write(event.target.value)}
            spellCheck={false}
            className="font-mono text-xs"
          />
        ) : (
          <Lines name="Result" text={resolveHunk({ ...sides, decision })} isResult />
        ))}
    </section>
  );
}

function Lines({ name, text, isResult = false }: { name: string; text: string; isResult?: boolean }) {
  return (
    <figure className="min-w-0">
      <figcaption className="pb-0.5 text-xs text-muted">{name}</figcaption>
      <pre
        role="group"
        aria-label={`Lines, ${name}`}
        className={cn(
          "rounded-sm border px-2 py-1 font-mono text-xs break-words whitespace-pre-wrap",
          isResult ? "border-accent/50 bg-accent-surface" : "bg-background",
        )}
      >
        {text === "" ? <span className="text-muted">No lines</span> : text}
      </pre>
    </figure>
  );
}
