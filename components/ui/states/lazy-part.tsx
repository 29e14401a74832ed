"use client";

import { useCallback, useState, type ComponentType, type ReactNode } from "react";
import { MissingPart } from "./missing-part.tsx";
import { usePartLoading } from "./part-loading.ts";

/** `prepare` asks for the code ahead, where it is about to be wanted. */
export type LazyPart<Props> = ComponentType<Props> & { prepare: () => void };

/**
 * A component whose code comes when it is drawn for the first time; `whileLoading` is drawn until then. Code that does
 * not arrive is said, in its place or over the page, and can be asked for again, and the page stays: React's own lazy
 * components fail with all that is around them, and for good.
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
  // What does not arrive is asked for again when it is drawn.
  LazyPart.prepare = () => void arrive().catch(() => undefined);
  return LazyPart;
}
