import type { ReactNode } from "react";
import { cn } from "../ui/class-names.ts";

export const rowClass = "border-b last:border-b-0";

export function SchemaSection({ name, count, children }: { name: string; count: number; children: ReactNode }) {
  return (
    <section aria-label={name} className="flex flex-col gap-2">
      <h2 className="font-medium">
        {name} <span className="text-muted">{count}</span>
      </h2>
      {children}
    </section>
  );
}

export function SchemaTable({ label, columns, children }: { label: string; columns: string[]; children: ReactNode }) {
  return (
    <div className="relative overflow-x-auto rounded-md border">
      <table aria-label={label} className="w-full text-left text-sm">
        <thead className="bg-surface text-xs text-muted">
          <tr className="border-b">
            {columns.map((column) => (
              <th key={column} className="px-3 py-1.5 font-medium max-sm:px-2">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function Cell({ isCode = false, children }: { isCode?: boolean; children: ReactNode }) {
  return <td className={cn("px-3 py-1 break-normal max-sm:px-2", isCode && "font-mono text-xs")}>{children}</td>;
}
