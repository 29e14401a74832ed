"use client";

import { useEffect, useRef, useState } from "react";
import { cn } from "../class-names.ts";

/** A text of which three lines are initially visible; a button shows the rest if there is more. */
export function ExpandableText({ text, className }: { text: string; className?: string }) {
  const paragraph = useRef<HTMLParagraphElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isLonger, setIsLonger] = useState(false);
  useEffect(() => {
    const element = paragraph.current;
    if (element === null || isOpen) return;
    const observer = new ResizeObserver(() => setIsLonger(element.scrollHeight > element.clientHeight + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, [text, isOpen]);
  return (
    <div className={cn("text-sm", className)}>
      <p ref={paragraph} className={cn("max-w-3xl break-words whitespace-pre-wrap", !isOpen && "line-clamp-3")}>
        {text}
      </p>
      {isLonger && (
        <button
          type="button"
          onClick={() => setIsOpen(!isOpen)}
          aria-expanded={isOpen}
          className="h-6 rounded-sm text-accent hover:underline"
        >
          {isOpen ? "Show less" : "Show all"}
        </button>
      )}
    </div>
  );
}
