import type { ReactNode } from "react";
import { PageTitle } from "../ui/page-title.tsx";

/** A page with a single message. */
export function MessagePage({ title, children, action }: { title: string; children: ReactNode; action: ReactNode }) {
  return (
    <div className="mx-auto max-w-xl px-4 py-16">
      <PageTitle text={title} />
      <h1 className="text-xl font-semibold">{title}</h1>
      <div className="mt-2 text-muted">{children}</div>
      <div className="mt-6 flex flex-wrap gap-2">{action}</div>
    </div>
  );
}
