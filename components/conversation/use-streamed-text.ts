import { useEffect, useState } from "react";
import type { RunEventStore } from "../run/progress/run-event-store.ts";
import type { StreamPosition, TextStream } from "../run/texts/text-stream.ts";

/** A streaming text, re-rendered completely with each part. For texts of a few pages. */
export function useStreamedText({ store, stream }: { store: RunEventStore; stream: TextStream }): string {
  const [text, setText] = useState("");
  useEffect(() => {
    let position: StreamPosition | null = null;
    const read = () => {
      const next = stream.readSince(position);
      position = next.position;
      if (next.isAnew) setText(next.text);
      else if (next.text !== "") setText((before) => before + next.text);
    };
    read();
    return store.subscribe(read);
  }, [store, stream]);
  return text;
}
