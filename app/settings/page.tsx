import { SettingsScreen } from "#components/settings/settings-screen.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { Prefetched } from "../prefetched.tsx";

export default function SettingsPage() {
  return (
    <Prefetched
      load={({ trpc, queries }) =>
        Promise.all([
          queries.prefetchQuery(trpc.model.list.queryOptions()),
          queries.prefetchQuery(trpc.model.providers.queryOptions()),
          queries.prefetchQuery(trpc.model.spending.queryOptions()),
          queries.prefetchQuery(trpc.sandbox.get.queryOptions()),
        ])
      }
    >
      <PageTitle text="Settings" />
      <SettingsScreen />
    </Prefetched>
  );
}
