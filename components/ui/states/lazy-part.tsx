"use client";

import { useCallback, useState, type ComponentType, type ReactNode } from "react";
import { MissingPart } from "./missing-part.tsx";
import { usePartLoading } from "./part-loading.ts";

/** `prepare` preloads the code when it is about to be needed. */
export type LazyPart<Props> = ComponentType<Props> & { prepare: () => void };

/**
 * A component whose code is loaded on first render; `whileLoading` is rendered until then. If loading fails, an error
 * is shown in its place or over the page, with a retry, and the page stays: React.lazy would fail permanently together
 * with its surroundings.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { whileLoading, isInPlace }: { whileLoading: ReactNode; isInPlace: boolean } = {
    whileLoading: null,
    isInPlace: false,
  },
): LazyPart<Props> {
  let loaded: ComponentType<Props> | null = null;
  const arrive = async () => (loaded ??= await load());
  const LazyPart = (props: Props) => {
    const [Part, setPart] = useState(() => loaded);
    const { isMissing, retry } = usePartLoading(
      useCallback(async () => {
        const part = await arrive();
        setPart(() => part);
      }, []),
    );
    if (Part !== null) return <Part {...props} />;
    return isMissing ? <MissingPart isInPlace={isInPlace} onRetry={retry} /> : whileLoading;
  };
  // Failed code is requested again on the next render.
  LazyPart.prepare = () => void arrive().catch(() => undefined);
  return LazyPart;
}
