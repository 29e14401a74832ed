import { Skeleton } from "../ui/states/skeleton.tsx";

/** A placeholder for the diff. */
export function SurfaceSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-3" aria-busy>
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-64 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
