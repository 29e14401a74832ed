"use client";

import { useEffect, useEffectEvent, useState, type RefObject } from "react";
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

  const add = async (files: readonly File[]) => {
    const taken = [...list];
    const obstacles: string[] = [];
    for (const file of files) {
      const facts = { name: file.name === "" ? "pasted" : file.name, mediaType: file.type, sizeBytes: file.size };
      const obstacle = findObstacle({ list: taken, file: facts });
      if (obstacle === null)
        taken.push({
          ...facts,
          id: randomKey(),
          content: await readBase64(file),
          picture: isPicture(facts) ? await measurePicture(file) : null,
        });
      else obstacles.push(obstacle);
    }
    setList(taken);
    setProblems(obstacles);
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
      setList(list.filter((each) => each.id !== id));
      setProblems([]);
    },
    clear: () => {
      setList([]);
      setProblems([]);
    },
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
