"use client";

import type { ReactNode } from "react";
import { KeyHint, ModifierKeyHint } from "../ui/key-hint.tsx";
import { useSingleKeys } from "../ui/single-keys.ts";
import { Switch } from "../ui/switch.tsx";
import { SettingsSection } from "./settings-section.tsx";

type Shortcut = { keys: ReactNode; does: string };

const groups: { place: string; shortcuts: Shortcut[] }[] = [
  {
    place: "Everywhere",
    shortcuts: [
      { keys: <ModifierKeyHint name="K" />, does: "Search and commands" },
      { keys: <ModifierKeyHint name="Enter" />, does: "Send the prompt that is being written" },
    ],
  },
  { place: "Projects", shortcuts: [{ keys: <KeyHint>/</KeyHint>, does: "Filter" }] },
  { place: "Version", shortcuts: [{ keys: <KeyHint>i</KeyHint>, does: "Write the next prompt" }] },
  {
    place: "Review",
    shortcuts: [
      { keys: keys("j", "k"), does: "Next and previous file" },
      { keys: keys("n", "p"), does: "Next and previous change" },
      { keys: <KeyHint>v</KeyHint>, does: "Mark the file as viewed" },
      { keys: keys("u", "w", "z"), does: "Split or unified, whitespace, line wrap" },
      { keys: <KeyHint>t</KeyHint>, does: "Filter files" },
      { keys: <KeyHint>?</KeyHint>, does: "All keys of the review" },
    ],
  },
  {
    place: "History",
    shortcuts: [
      { keys: keys("j", "k"), does: "Next and previous version" },
      { keys: <KeyHint>Enter</KeyHint>, does: "Open the version" },
      { keys: <KeyHint>x</KeyHint>, does: "Select for comparing" },
    ],
  },
];

function keys(...names: string[]): ReactNode {
  return names.map((name) => <KeyHint key={name}>{name}</KeyHint>);
}

export function KeyboardSettings() {
  const [areOn, setAreOn] = useSingleKeys();
  return (
    <SettingsSection title="Keyboard" description="Keys without a modifier never act while you type in a field. Switch them off if you dictate.">
      <Switch label="Single-key shortcuts" isOn={areOn} onChange={setAreOn} />
      <div className="gap-4 sm:columns-2">
        {groups.map(({ place, shortcuts }) => (
          <section key={place} aria-label={place} className="mb-4 break-inside-avoid">
            <h3 className="pb-1 text-xs font-medium text-muted">{place}</h3>
            <dl className="rounded-md border">
              {shortcuts.map(({ keys: keyHints, does }) => (
                <div key={does} className="flex min-h-9 items-center gap-3 border-b px-3 py-1.5 text-sm last:border-b-0">
                  <dt className="flex w-24 shrink-0 gap-1">{keyHints}</dt>
                  <dd className="text-muted">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </SettingsSection>
  );
}
