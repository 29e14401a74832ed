"use client";

import { KeyGroups } from "../shell/key-groups.tsx";
import { useSingleKeys } from "../ui/single-keys.ts";
import { Switch } from "../ui/switch.tsx";
import { SettingsSection } from "./settings-section.tsx";

export function KeyboardSettings() {
  const [areOn, setAreOn] = useSingleKeys();
  return (
    <SettingsSection title="Keyboard" description="Keys without a modifier never act while you type in a field. Switch them off if you dictate.">
      <Switch label="Single-key shortcuts" isOn={areOn} onChange={setAreOn} />
      <KeyGroups />
    </SettingsSection>
  );
}
