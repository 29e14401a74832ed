"use client";

import { Copy, Download } from "lucide-react";
import type { ProjectId } from "#lib/contracts/ids.ts";
import { historyBundleHref, repositoryHref } from "#lib/hrefs.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { copyText } from "../ui/text/copy-text.ts";

/** The exports with the whole history: the git command, and one file. */
export function CloneButtons({ projectId }: { projectId: ProjectId }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        title="Copies the git clone command of this project"
        onClick={() =>
          void copyText({
            text: `git clone ${window.location.origin}${repositoryHref(projectId)}`,
            done: "The git clone command is copied. Run it in a terminal.",
          })
        }
      >
        <Copy aria-hidden />
        Clone
      </Button>
      <a href={historyBundleHref(projectId)} download className={buttonClass()}>
        <Download aria-hidden />
        Download history
      </a>
    </div>
  );
}
