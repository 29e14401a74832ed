import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names.ts";

const looks = {
  primary: "bg-accent text-accent-foreground hover:bg-accent-hover",
  secondary: "border border-line-strong bg-background text-foreground hover:bg-hover",
  ghost: "text-muted hover:bg-hover hover:text-foreground",
  danger: "border border-negative bg-background text-negative hover:bg-negative-surface",
};

const sizes = {
  md: "h-8 gap-2 px-3 text-sm",
  sm: "h-7 gap-1.5 px-2 text-sm",
  icon: "size-8 justify-center",
  "icon-sm": "size-7 justify-center",
  "icon-xs": "size-6 justify-center",
};

export type ButtonLook = keyof typeof looks;
export type ButtonSize = keyof typeof sizes;

/** The style of a button for other elements, such as links. */
export function buttonClass({
  look = "secondary",
  size = "md",
  className,
}: { look?: ButtonLook; size?: ButtonSize; className?: string | undefined } = {}): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors duration-100 select-none [&_svg]:size-4 [&_svg]:shrink-0",
    "disabled:opacity-60 aria-disabled:opacity-60",
    looks[look],
    sizes[size],
    className,
  );
}

/** A button. `isPending` shows that its action is in progress and ignores further presses, while the focus stays. */
export function Button({
  look,
  size,
  isPending = false,
  className,
  children,
  onClick,
  ...props
}: Omit<ComponentProps<"button">, "className"> & {
  look?: ButtonLook;
  size?: ButtonSize;
  isPending?: boolean;
  className?: string | undefined;
}) {
  return (
    <button
      type="button"
      {...props}
      onClick={(event) => {
        // A disabled button would lose the focus.
        if (isPending) event.preventDefault();
        else onClick?.(event);
      }}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
      className={buttonClass({
        ...(look === undefined ? {} : { look }),
        ...(size === undefined ? {} : { size }),
        className,
      })}
    >
      {isPending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}
