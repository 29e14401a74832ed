"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import Link from "next/link";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names.ts";

const itemClass =
  "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-disabled:opacity-60 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0";

/** A menu that `trigger` (a button) opens. Its children are `MenuItem`, `MenuLink` and `MenuSeparator`. */
export function Menu({ trigger, align = "end", children }: { trigger: ReactElement; align?: "start" | "end"; children: ReactNode }) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={4} align={align} className="z-50 outline-none">
          <BaseMenu.Popup className="min-w-44 rounded-md border bg-raised p-1 shadow-raised outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export function MenuItem({
  onSelect,
  isDisabled = false,
  tone = "plain",
  children,
}: {
  onSelect: () => void;
  isDisabled?: boolean;
  tone?: "plain" | "danger";
  children: ReactNode;
}) {
  return (
    <BaseMenu.Item onClick={onSelect} disabled={isDisabled} className={cn(itemClass, tone === "danger" && "text-negative")}>
      {children}
    </BaseMenu.Item>
  );
}

/** A menu item that goes to a page, or downloads when `isDownload`. */
export function MenuLink({ href, isDownload = false, children }: { href: string; isDownload?: boolean; children: ReactNode }) {
  return (
    <BaseMenu.LinkItem closeOnClick className={itemClass} render={isDownload ? <a href={href} download /> : <Link href={href} />}>
      {children}
    </BaseMenu.LinkItem>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="my-1 h-px bg-line" />;
}
