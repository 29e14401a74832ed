import { SettingsScreen } from "#components/settings/settings-screen.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";

export default function SettingsPage() {
  return (
    <>
      <PageTitle text="Settings" />
      <SettingsScreen />
    </>
  );
}
