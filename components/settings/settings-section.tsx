import { useId, type ReactNode } from "react";

export function SettingsSection({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-3">
      <div>
        <h2 id={titleId} className="text-lg font-semibold">
          {title}
        </h2>
        {description !== undefined && <p className="max-w-2xl text-sm text-muted">{description}</p>}
      </div>
      {children}
    </section>
  );
}
