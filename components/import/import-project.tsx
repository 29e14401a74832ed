"use client";

import { FolderGit2 } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { limits } from "#lib/contracts/limits.ts";
import { formatCount } from "#lib/format-count.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { cn } from "../ui/class-names.ts";
import { Input } from "../ui/input.tsx";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";
import type { OpenedSource } from "./open-repository.ts";

const ImportDialog = lazyDialog(() => import("./import-dialog.tsx").then((module) => module.ImportDialog));
const OpenDialog = lazyDialog(() => import("./open-dialog.tsx").then((module) => module.OpenDialog));

type Chosen = { type: "archive"; file: File } | { type: "repository"; source: OpenedSource };

/**
 * The ways to import a project: a repository address, or a dropped or chosen zip or bundle. The content of a zip is
 * previewed before it is stored.
 */
export function ImportProject() {
  const [isDraggedOver, setIsDraggedOver] = useState(false);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [hasAllBranches, setHasAllBranches] = useState(false);
  const branches = hasAllBranches ? "all" : "current";
  const takeFile = (file: File | undefined) => {
    if (file === undefined) return;
    const isBundle = /\.(bundle|bdl)$/i.test(file.name);
    setChosen(
      isBundle ? { type: "repository", source: { type: "bundle", file, branches } } : { type: "archive", file },
    );
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsDraggedOver(false);
    takeFile(event.dataTransfer.files[0]);
  };
  const close = () => setChosen(null);
  return (
    <section aria-labelledby="import-project" className="flex flex-col gap-2">
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsDraggedOver(true);
        }}
        onDragLeave={() => setIsDraggedOver(false)}
        onDrop={onDrop}
        className={cn(
          "flex flex-col gap-3 rounded-md border border-dashed px-3 py-3 text-sm",
          isDraggedOver ? "border-accent bg-accent-surface" : "border-line-strong",
        )}
      >
        <div className="flex flex-wrap items-center gap-3">
          <FolderGit2 aria-hidden className="size-5 shrink-0 text-muted" />
          <div className="min-w-40 flex-1">
            <h2 id="import-project" className="font-medium">
              Have a project already?
            </h2>
            <p className="text-muted">
              Open its repository with all of its history, or drop its zip or git bundle here.
            </p>
          </div>
          <ChooseFile onChoose={takeFile} />
        </div>
        <AddressForm
          onOpen={(address) => setChosen({ type: "repository", source: { type: "address", address, branches } })}
          hasAllBranches={hasAllBranches}
          onAllBranchesChange={setHasAllBranches}
        />
      </div>
      <p className="text-xs text-faint">
        At most {formatCount(limits.pushedCommits)} commits, {formatCount(limits.projectFiles)} files and{" "}
        {limits.projectBytes / 1_048_576} MiB.
      </p>
      {chosen?.type === "archive" && <ImportDialog file={chosen.file} onClose={close} />}
      {chosen?.type === "repository" && <OpenDialog source={chosen.source} onClose={close} />}
    </section>
  );
}

function ChooseFile({ onChoose }: { onChoose: (file: File | undefined) => void }) {
  const fileInput = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={fileInput}
        type="file"
        accept=".zip,.bundle,application/zip"
        aria-label="Zip or bundle to import"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          onChoose(event.target.files?.[0]);
          // The same file may be chosen again after a correction.
          event.target.value = "";
        }}
      />
      <Button onClick={() => fileInput.current?.click()}>Import zip or bundle</Button>
    </>
  );
}

function AddressForm({
  onOpen,
  hasAllBranches,
  onAllBranchesChange,
}: {
  onOpen: (address: string) => void;
  hasAllBranches: boolean;
  onAllBranchesChange: (hasAll: boolean) => void;
}) {
  const [address, setAddress] = useState("");
  return (
    <form
      className="flex flex-wrap items-center gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (address.trim() !== "") onOpen(address.trim());
      }}
    >
      <Input
        aria-label="Repository: https address or folder of this machine"
        placeholder="https://host/owner/name, or /path/of/a/folder"
        spellCheck={false}
        value={address}
        onChange={(event) => setAddress(event.target.value)}
        className="min-w-0 flex-1 basis-60 font-mono text-xs"
      />
      <Checkbox label="All branches" isChecked={hasAllBranches} onChange={onAllBranchesChange} />
      <Button type="submit" disabled={address.trim() === ""}>
        Open repository
      </Button>
    </form>
  );
}
