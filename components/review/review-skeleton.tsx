import { Skeleton } from "../ui/states/skeleton.tsx";
import { SurfaceSkeleton } from "../diff-surface/surface-skeleton.tsx";

const rowWidths = ["w-3/5", "w-2/5", "w-4/5", "w-1/2", "w-3/4", "w-2/5", "w-3/5", "w-1/2"];

/** A placeholder with the layout of a review: toolbar, file list, differences. */
export function ReviewSkeleton() {
  return (
    <div aria-busy className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="flex h-11 shrink-0 items-center gap-3 border-b px-3">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-7 w-24" />
        <Skeleton className="h-4 w-64" />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="flex w-65 shrink-0 flex-col gap-3 border-r p-2 max-lg:hidden">
          <Skeleton className="h-8 w-full" />
          {rowWidths.map((width, index) => (
            <Skeleton key={index} className={`h-4 ${width}`} />
          ))}
        </div>
        <div className="min-w-0 flex-1">
          <SurfaceSkeleton />
        </div>
      </div>
    </div>
  );
}
