import { AppearanceSettings } from "./appearance-settings.tsx";
import { KeyboardSettings } from "./keyboard-settings.tsx";
import { ModelSettings } from "./model-settings.tsx";
import { ReviewSettings } from "./review-settings.tsx";
import { SandboxSettings } from "./sandbox-settings.tsx";

export function SettingsScreen() {
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-8 px-4 py-6">
      <h1 className="text-xl font-semibold">Settings</h1>
      <ModelSettings />
      <AppearanceSettings />
      <ReviewSettings />
      <SandboxSettings />
      <KeyboardSettings />
    </div>
  );
}
