"use client";

import { KeyGroups } from "../shell/key-groups.tsx";
import { keyGroups } from "../shell/key-list.ts";
import { useSingleKeys } from "../ui/keys/single-keys.ts";
import { Switch } from "../ui/switch.tsx";
import { ChangeKeys } from "./change-keys.tsx";
import { SettingsSection } from "./settings-section.tsx";

export function KeyboardSettings() {
  const [areOn, setAreOn] = useSingleKeys();
  return (
    <SettingsSection
      title="Keyboard"
      description="Keys without a modifier never act while you type in a field. Switch them off if you dictate, or change those that are in your way."
    >
      <Switch label="Single-key shortcuts" isOn={areOn} onChange={setAreOn} />
      <ChangeKeys />
      <KeyGroups groups={keyGroups} />
    </SettingsSection>
  );
}
