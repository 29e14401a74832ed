import { projectPage } from "#components/project/project-page.ts";
import { ProjectListScreen } from "#components/project/project-list-screen.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { Prefetched } from "./prefetched.tsx";

export default function ProjectsPage() {
  return (
    <Prefetched
      load={({ trpc, queries }) =>
        queries.prefetchInfiniteQuery(
          trpc.project.list.infiniteQueryOptions(projectPage, { getNextPageParam: (page) => page.nextCursor }),
        )
      }
    >
      <PageTitle text="Projects" />
      <ProjectListScreen />
    </Prefetched>
  );
}
