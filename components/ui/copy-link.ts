import { showToast } from "./toast.ts";

/** Copies the address, which says the place and how it is looked at. */
export async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href);
    void showToast({ kind: "success", text: "The link to this place is copied." });
  } catch {
    void showToast({ kind: "error", text: "The browser did not allow copying. The link stands in the address bar." });
  }
}
