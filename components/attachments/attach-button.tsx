import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { Button } from "../ui/button.tsx";
import type { Attachments } from "./attachments.ts";

/** Chooses files to attach. A removed file can be chosen again. */
export function AttachButton({ attachments, isSmall = false }: { attachments: Attachments; isSmall?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        {...(isSmall ? { size: "icon-sm", look: "ghost", className: "-my-1.5" } : {})}
        aria-label="Attach files"
        title="Attach images or text files. They can be pasted or dropped here too."
        onClick={() => input.current?.click()}
      >
        <Paperclip aria-hidden />
        {!isSmall && "Attach"}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={(event) => {
          attachments.add(event.target.files ?? []);
          event.target.value = "";
        }}
      />
    </>
  );
}
