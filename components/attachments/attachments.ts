"use client";

import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import type { AttachmentInput, AttachmentSize } from "#lib/contracts/runs/attachment.ts";
import { randomKey } from "../composer/idempotency-key.ts";
import { findObstacle, isPicture, toSize, type LocalAttachment } from "./attachment-list.ts";

export type Attachments = {
  list: readonly LocalAttachment[];
  /** Why files of the last selection were refused. */
  problems: readonly string[];
  add: (files: Iterable<File>) => void;
  remove: (id: string) => void;
  clear: () => void;
  /** True while the contents of added files are being read: a prompt sent now would lack them. */
  isReading: boolean;
  /** In request format; undefined if there are none. */
  input: AttachmentInput[] | undefined;
  /** Their share of the request; undefined if there are none. */
  sizes: AttachmentSize[] | undefined;
};

/**
 * The attachments of a prompt. Files are chosen, or pasted or dropped on the composer around `promptRef`. They are kept
 * until the page is left.
 */
export function useAttachments(promptRef: RefObject<HTMLElement | null>): Attachments {
  const [list, setList] = useState<readonly LocalAttachment[]>([]);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [reading, setReading] = useState(0);
  // The list as of now: another file may be added or removed while one is being read.
  const current = useRef(list);
  const replace = (next: readonly LocalAttachment[]) => {
    current.current = next;
    setList(next);
  };

  const add = async (files: readonly File[]) => {
    const obstacles: string[] = [];
    setReading((count) => count + 1);
    for (const file of files) {
      const facts = { name: file.name === "" ? "pasted" : file.name, mediaType: file.type, sizeBytes: file.size };
      const find = () => findObstacle({ list: current.current, file: facts });
      const read = find() === null ? await readAttachment({ file, ...facts }) : null;
      const obstacle = find() ?? (read === null ? `${facts.name} could not be read. Attach it again.` : null);
      if (obstacle === null && read !== null) replace([...current.current, read]);
      else if (obstacle !== null) obstacles.push(obstacle);
    }
    setProblems(obstacles);
    setReading((count) => count - 1);
  };
  // Copies the list, because the browser empties it with the field or event, and reading takes longer.
  const addAll = (files: Iterable<File>) => void add([...files]);
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
    list,
    problems,
    add: addAll,
    remove: (id) => {
      replace(current.current.filter((each) => each.id !== id));
      setProblems([]);
    },
    clear: () => {
      replace([]);
      setProblems([]);
    },
    isReading: reading > 0,
    input: list.length === 0 ? undefined : list.map(({ name, content }) => ({ name, content })),
    sizes: list.length === 0 ? undefined : list.flatMap((each) => toSize(each) ?? []),
  };
}

/** Null if the file cannot be read: it was moved or deleted, or may not be opened. */
async function readAttachment({
  file,
  ...facts
}: Pick<LocalAttachment, "name" | "mediaType" | "sizeBytes"> & { file: File }): Promise<LocalAttachment | null> {
  try {
    const content = await readBase64(file);
    return { ...facts, id: randomKey(), content, picture: isPicture(facts) ? await measurePicture(file) : null };
  } catch {
    return null;
  }
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
