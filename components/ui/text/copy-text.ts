import { showToast } from "../overlays/toast.ts";

/** Copies a text to the clipboard and shows `done`, or `failed` if the browser does not allow it. */
export async function copyText({
  text,
  done,
  failed = "The browser did not allow copying.",
}: {
  text: string;
  done: string;
  failed?: string;
}): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    void showToast({ kind: "success", text: done });
  } catch {
    void showToast({ kind: "error", text: failed });
  }
}
