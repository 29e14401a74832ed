import { ProjectListScreen } from "#components/project/project-list-screen.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";

export default function ProjectsPage() {
  return (
    <>
      <PageTitle text="Projects" />
      <ProjectListScreen />
    </>
  );
}
