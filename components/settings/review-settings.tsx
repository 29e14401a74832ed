"use client";

import { useDiffDefaults } from "../diff-surface/diff-defaults.ts";
import { Select } from "../ui/select.tsx";
import { Switch } from "../ui/switch.tsx";
import { SettingsSection } from "./settings-section.tsx";

const viewOptions = [
  { value: "auto", label: "Automatic" },
  { value: "split", label: "Split" },
  { value: "unified", label: "Unified" },
] as const;

/**
 * The initial settings of reviews in this browser. A review's own controls, and its address, override them for one
 * review.
 */
export function ReviewSettings() {
  const [{ view, isWrapped, ignoresWhitespace }, change] = useDiffDefaults();
  return (
    <SettingsSection
      title="Reviews"
      description="How a review begins in this browser. The controls of a review change that one."
    >
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <Select
          label="View"
          value={view ?? "auto"}
          options={[...viewOptions]}
          onChange={(next) => change({ view: next === "auto" ? null : next })}
          className="w-56"
        />
        <Switch label="Wrap long lines" isOn={isWrapped} onChange={(next) => change({ isWrapped: next })} />
        <Switch
          label="Ignore white space"
          isOn={ignoresWhitespace}
          onChange={(next) => change({ ignoresWhitespace: next })}
        />
      </div>
    </SettingsSection>
  );
}
