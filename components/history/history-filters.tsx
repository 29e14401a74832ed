import type { Ref } from "react";
import { generationKinds } from "#lib/contracts/versions/generation-kind.ts";
import { kindWords } from "../generation/kind-words.ts";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Switch } from "../ui/switch.tsx";
import type { VersionFilter } from "./filter-versions.ts";

const kindOptions: { value: VersionFilter["kind"]; label: string }[] = [
  { value: "any", label: "Any kind" },
  ...generationKinds.map((kind) => ({ value: kind, label: kindWords[kind] })),
];

const statusOptions: { value: VersionFilter["status"]; label: string }[] = [
  { value: "any", label: "Any checks" },
  { value: "passed", label: "Checks passed" },
  { value: "warnings", label: "With warnings" },
  { value: "failed", label: "Checks failed" },
];

/** Filters of the history. They change no version. */
export function HistoryFilters({
  filter,
  onChange,
  isPathOnly,
  onPathOnlyChange,
  selected,
  inputRef,
  onLeave,
  onClear,
}: {
  filter: VersionFilter;
  onChange: (filter: VersionFilter) => void;
  isPathOnly: boolean;
  onPathOnlyChange: (isPathOnly: boolean) => void;
  /** The version whose branch can be shown alone. */
  selected: VersionFilter["branchOf"];
  inputRef: Ref<HTMLInputElement>;
  /** Moves the focus back to the list. */
  onLeave: () => void;
  /** Also clears the text. */
  onClear: () => void;
}) {
  const branchOf = filter.branchOf ?? selected;
  return (
    <div role="search" aria-label="Versions" className="flex flex-wrap items-center gap-x-3 gap-y-2">
      {/* Shrinks, so that a wider font does not wrap the line. */}
      <div className="max-w-68 min-w-0 flex-1 basis-48">
        <Input
          ref={inputRef}
          type="search"
          value={filter.text}
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter") onLeave();
            if (event.key === "Escape") onClear();
          }}
          placeholder="Prompt, label, version or commit  ( / )"
          aria-label="Filter versions"
        />
      </div>
      <Select
        label="Kind"
        isLabelHidden
        value={filter.kind}
        options={kindOptions}
        onChange={(kind) => onChange({ ...filter, kind })}
        className="w-36"
      />
      <Select
        label="Checks"
        isLabelHidden
        value={filter.status}
        options={statusOptions}
        onChange={(status) => onChange({ ...filter, status })}
        className="w-35"
      />
      <Switch
        label="Bookmarked"
        isOn={filter.isBookmarkedOnly}
        onChange={(isBookmarkedOnly) => onChange({ ...filter, isBookmarkedOnly })}
      />
      {branchOf !== null && (
        <Switch
          label="Only this branch"
          isOn={filter.branchOf !== null}
          onChange={(isOn) => onChange({ ...filter, branchOf: isOn ? branchOf : null })}
        />
      )}
      <Switch label="Hide other branches" isOn={isPathOnly} onChange={onPathOnlyChange} />
    </div>
  );
}
