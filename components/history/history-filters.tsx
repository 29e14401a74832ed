import type { Ref } from "react";
import { generationKinds } from "#lib/contracts/generation-kind.ts";
import { kindWords } from "../generation/kind-words.ts";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Switch } from "../ui/switch.tsx";
import type { VersionFilter } from "./filter-versions.ts";

const kindOptions: { value: VersionFilter["kind"]; label: string }[] = [{ value: "any", label: "Any kind" }, ...generationKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))];

const statusOptions: { value: VersionFilter["status"]; label: string }[] = [
  { value: "any", label: "Any checks" },
  { value: "passed", label: "Checks passed" },
  { value: "warnings", label: "With warnings" },
  { value: "failed", label: "Checks failed" },
];

/** What of the history is shown. Nothing here changes a version. */
export function HistoryFilters({
  filter,
  onChange,
  isPathOnly,
  onPathOnlyChange,
  inputRef,
}: {
  filter: VersionFilter;
  onChange: (filter: VersionFilter) => void;
  isPathOnly: boolean;
  onPathOnlyChange: (isPathOnly: boolean) => void;
  inputRef: Ref<HTMLInputElement>;
}) {
  return (
    <div role="search" aria-label="Versions" className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Input
        ref={inputRef}
        type="search"
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.target.value })}
        onKeyDown={(event) => {
          // Back to the list and its keys; Escape clears the text too, as the browser does by itself.
          if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
        }}
        placeholder="Filter by prompt, label or version  ( / )"
        aria-label="Filter versions"
        className="max-w-80"
      />
      <Select label="Kind" isLabelHidden value={filter.kind} options={kindOptions} onChange={(kind) => onChange({ ...filter, kind })} className="w-44" />
      <Select label="Checks" isLabelHidden value={filter.status} options={statusOptions} onChange={(status) => onChange({ ...filter, status })} className="w-36" />
      <Switch label="Bookmarked" isOn={filter.isBookmarkedOnly} onChange={(isBookmarkedOnly) => onChange({ ...filter, isBookmarkedOnly })} />
      <Switch label="Only path to active" isOn={isPathOnly} onChange={onPathOnlyChange} />
    </div>
  );
}
