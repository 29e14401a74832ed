import { useEffect, type ReactNode, type RefObject } from "react";
import { flushSync } from "react-dom";
import { Drawer } from "../ui/overlays/drawer.tsx";
import { useStoredText } from "../ui/hooks/stored-text.ts";
import { useIsAtLeast } from "../ui/windows/window-width.ts";

/** Narrower windows show the list over the surface, on demand. */
const listBesideFromPx = 1_024;

/**
 * Where the list of files stands: beside the surface unless this browser's owner hid it, on narrow windows in a drawer.
 * `opened` says of the drawer what a person opened it for.
 */
export function useFileListPlace({
  opened,
  onOpen,
  filterInput,
}: {
  opened: string | null;
  onOpen: (panel: "list" | "filter" | null) => void;
  filterInput: RefObject<HTMLInputElement | null>;
}) {
  const isBeside = useIsAtLeast(listBesideFromPx);
  const [stored, setStored] = useStoredText("graft.review.list");
  const isHidden = stored === "hidden";
  const isDrawerOpen = opened === "list" || opened === "filter";
  // A drawer is closed by the list coming beside the surface.
  useEffect(() => {
    if (isBeside && isDrawerOpen) onOpen(null);
  });
  return {
    isBeside,
    isOpen: isBeside ? !isHidden : isDrawerOpen,
    onOpenChange: (isOpen: boolean) => onOpen(isOpen ? "list" : null),
    initialFocus: opened === "filter" ? filterInput : undefined,
    /** Shows or hides it. */
    toggle: () => (isBeside ? setStored(isHidden ? null : "hidden") : onOpen("list")),
    /** To its filter, wherever it stands. */
    filter: () => {
      if (!isBeside) return onOpen("filter");
      if (!isHidden) return filterInput.current?.select();
      // At once, for who types on.
      flushSync(() => setStored(null));
      filterInput.current?.select();
    },
    /** A file was chosen: a drawer gives way. */
    leave: () => {
      if (!isBeside) onOpen(null);
    },
  };
}

export function FileListPlace({
  isBeside,
  isOpen,
  onOpenChange,
  initialFocus,
  children,
}: Pick<ReturnType<typeof useFileListPlace>, "isBeside" | "isOpen" | "onOpenChange" | "initialFocus"> & {
  children: ReactNode;
}) {
  if (!isOpen) return null;
  if (isBeside) return <div className="flex min-h-0 w-65 shrink-0 border-r p-2">{children}</div>;
  return (
    <Drawer title="Files" isOpen onOpenChange={onOpenChange} initialFocus={initialFocus}>
      {children}
    </Drawer>
  );
}
