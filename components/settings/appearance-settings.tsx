"use client";

import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Select } from "../ui/select.tsx";
import { SettingsSection } from "./settings-section.tsx";

const themes = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;
type Theme = (typeof themes)[number]["value"];

const noSubscription = () => () => undefined;

/** Kept by this browser. The server does not know the theme, so that the choice is shown once the page is hydrated. */
export function AppearanceSettings() {
  const { theme, setTheme } = useTheme();
  const isHydrated = useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
  const current = themes.find(({ value }) => value === theme)?.value ?? "system";
  return (
    <SettingsSection title="Appearance">
      <Select<Theme> label="Theme" value={isHydrated ? current : null} options={[...themes]} onChange={setTheme} className="w-48" />
    </SettingsSection>
  );
}
