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
      description="Single-key shortcuts are off while you type. Turn them off or change them."
    >
      <Switch label="Single-key shortcuts" isOn={areOn} onChange={setAreOn} />
      <ChangeKeys />
      <KeyGroups groups={keyGroups} />
    </SettingsSection>
  );
}
