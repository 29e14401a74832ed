import { useQuery } from "@tanstack/react-query";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { immutable } from "./data/immutable.ts";

const mediaTypes: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  ico: "image/x-icon",
  bmp: "image/bmp",
};

/** Null if the path is not an image that browsers show. */
export function readMediaType(path: string): string | null {
  return mediaTypes[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] ?? null;
}

type Side = { generationId: GenerationId; path: FilePath };

/** An image before and after; null for a missing side. */
export function ImagePair({ before, after }: { before: Side | null; after: Side | null }) {
  return (
    <div className="flex flex-wrap gap-4 px-3 py-2">
      {before !== null && <ImageSide title="Before" side={before} />}
      {after !== null && <ImageSide title="After" side={after} />}
    </div>
  );
}

function ImageSide({ title, side }: { title: string; side: Side }) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.generation.file.queryOptions(side, immutable));
  return (
    <figure className="min-w-0">
      <figcaption className="pb-1 text-xs text-muted">{title}</figcaption>
      {error !== null && data === undefined ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton className="size-40" />
      ) : (
        // eslint-disable-next-line @next/next/no-img-element -- a stored file, which no image service can reach
        <img
          src={`data:${readMediaType(side.path) ?? ""};base64,${data.encoding === "base64" ? data.content : ""}`}
          alt={`${side.path}, ${title.toLowerCase()}`}
          className="max-h-60 max-w-full border bg-background object-contain"
        />
      )}
    </figure>
  );
}
