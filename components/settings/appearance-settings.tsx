"use client";

import { useTheme } from "next-themes";
import { codeFontSizesPx, densities, tabSizes, useCodeLook } from "../ui/code-look.ts";
import { useIsHydrated } from "../ui/hooks/is-hydrated.ts";
import { Select } from "../ui/select.tsx";
import { useReducedMotion } from "../ui/hooks/reduced-motion.ts";
import { Switch } from "../ui/switch.tsx";
import { SettingsSection } from "./settings-section.tsx";

const themes = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;
type Theme = (typeof themes)[number]["value"];

const densityWords = { normal: "Normal", compact: "Compact" };

/** Stored in this browser. The server does not know the theme, so the choice is shown after hydration. */
export function AppearanceSettings() {
  const { theme, setTheme } = useTheme();
  const isHydrated = useIsHydrated();
  const [{ fontSizePx, tabSize, density }, change] = useCodeLook();
  const [isMotionReduced, setIsMotionReduced] = useReducedMotion();
  const current = themes.find(({ value }) => value === theme)?.value ?? "system";
  return (
    <SettingsSection title="Appearance">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <Select<Theme>
          label="Theme"
          value={isHydrated ? current : null}
          options={[...themes]}
          onChange={setTheme}
          className="w-44"
        />
        <Select
          label="Code size"
          value={String(fontSizePx)}
          options={codeFontSizesPx.map((size) => ({ value: String(size), label: `${size} px` }))}
          onChange={(next) => change({ fontSizePx: codeFontSizesPx.find((size) => String(size) === next) })}
          className="w-28"
        />
        <Select
          label="Tab width"
          value={String(tabSize)}
          options={tabSizes.map((size) => ({ value: String(size), label: `${size} columns` }))}
          onChange={(next) => change({ tabSize: tabSizes.find((size) => String(size) === next) })}
          className="w-32"
        />
        <Select
          label="Lines of code"
          value={density}
          options={densities.map((name) => ({ value: name, label: densityWords[name] }))}
          onChange={(next) => change({ density: next })}
          className="w-32"
        />
        <Switch label="No motion" isOn={isMotionReduced} onChange={setIsMotionReduced} />
      </div>
    </SettingsSection>
  );
}
