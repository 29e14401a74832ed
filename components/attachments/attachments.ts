"use client";

import { useEffect, useEffectEvent, useSyncExternalStore, type RefObject } from "react";
import type { AttachmentInput, AttachmentSize } from "#lib/contracts/runs/attachment.ts";
import type { DraftPlace } from "../composer/prompt-draft.ts";
import { AttachmentDraft, emptyAttachmentDraft, type AttachmentDraftState } from "./attachment-draft.ts";
import { isPicture, toSize, type LocalAttachment } from "./attachment-list.ts";

export type Attachments = AttachmentDraftState & {
  add: (files: Iterable<File>) => void;
  remove: (id: string) => void;
  clear: () => void;
  /** In request format; undefined if there are none. */
  input: AttachmentInput[] | undefined;
  /** Their share of the request; undefined if there are none. */
  sizes: AttachmentSize[] | undefined;
};

/** By place, because the composer of a project is replaced by another one when its first version is stored. */
const drafts = new Map<DraftPlace, AttachmentDraft<File>>();

function draftOf(place: DraftPlace): AttachmentDraft<File> {
  const draft =
    drafts.get(place) ??
    new AttachmentDraft(async (file: File) => ({
      content: await readBase64(file),
      picture: isPicture({ mediaType: file.type }) ? await measurePicture(file) : null,
    }));
  drafts.set(place, draft);
  return draft;
}

/**
 * The attachments of a place's prompt. Files are chosen, or pasted or dropped on the composer around `promptRef`. They
 * are kept until they are sent or the tab is closed.
 */
export function useAttachments({
  place,
  promptRef,
}: {
  place: DraftPlace;
  promptRef: RefObject<HTMLElement | null>;
}): Attachments {
  const draft = draftOf(place);
  const state = useSyncExternalStore(draft.subscribe, draft.getState, () => emptyAttachmentDraft);
  const { list } = state;
  // Copies the list, because the browser empties it with the field or event, and reading takes longer.
  const addAll = (files: Iterable<File>) => void draft.add([...files]);
  const take = useEffectEvent(addAll);
  useEffect(() => {
    const area = promptRef.current?.closest<HTMLElement>("[data-attachments]");
    if (area === null || area === undefined) return;
    const hasFiles = (data: DataTransfer | null) => data !== null && data.types.includes("Files");
    const onPaste = (event: ClipboardEvent) => {
      // Text copied in an office program includes a picture of itself; the user means the text.
      if (!hasFiles(event.clipboardData) || event.clipboardData?.types.includes("text/plain") === true) return;
      event.preventDefault();
      if (event.clipboardData !== null) take(event.clipboardData.files);
    };
    const onDragOver = (event: DragEvent) => {
      if (hasFiles(event.dataTransfer)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) take(event.dataTransfer.files);
    };
    area.addEventListener("paste", onPaste);
    area.addEventListener("dragover", onDragOver);
    area.addEventListener("drop", onDrop);
    return () => {
      area.removeEventListener("paste", onPaste);
      area.removeEventListener("dragover", onDragOver);
      area.removeEventListener("drop", onDrop);
    };
  }, [promptRef]);

  return {
    ...state,
    add: addAll,
    remove: (id) => draft.remove(id),
    clear: () => draft.clear(),
    input: list.length === 0 ? undefined : list.map(({ name, content }) => ({ name, content })),
    sizes: list.length === 0 ? undefined : list.flatMap((each) => toSize(each) ?? []),
  };
}

async function measurePicture(file: File): Promise<LocalAttachment["picture"]> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    return null;
  }
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const url = String(reader.result);
      resolve(url.slice(url.indexOf(",") + 1));
    });
    reader.addEventListener("error", () => reject(reader.error ?? new Error(`${file.name} could not be read.`)));
    reader.readAsDataURL(file);
  });
}
