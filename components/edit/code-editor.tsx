"use client";

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useEffectEvent, useRef } from "react";
import { loadEditorLanguage } from "./editor-language.ts";
import { findLineSeparator } from "./line-separator.ts";

/** The product's own colours, which meet AA on both themes' backgrounds. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.tagName], color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--positive)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.escape], color: "var(--caution)" },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], color: "var(--muted)", fontStyle: "italic" },
  {
    tag: [
      tags.typeName,
      tags.className,
      tags.definition(tags.variableName),
      tags.definition(tags.propertyName),
      tags.heading,
    ],
    fontWeight: "600",
  },
  { tag: [tags.attributeName, tags.link, tags.url], color: "var(--accent)" },
  { tag: tags.invalid, color: "var(--negative)" },
]);

const theme = EditorView.theme({
  "&": {
    height: "100%",
    fontSize: "var(--code-font-size)",
    tabSize: "var(--code-tab-size)",
    backgroundColor: "var(--background)",
    color: "var(--foreground)",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "var(--code-line-height)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--muted)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--hover) 55%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--foreground)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)",
  },
  ".cm-selectionMatch, .cm-searchMatch": {
    backgroundColor: "var(--caution-surface)",
    outline: "1px solid var(--caution)",
  },
  ".cm-panels": { backgroundColor: "var(--surface)", color: "var(--foreground)", borderColor: "var(--line)" },
  ".cm-panels input, .cm-panels button": { minHeight: "24px" },
});

/**
 * An uncontrolled text editor: `text` is its initial value. Bytes that are not typed over are preserved. Tab indents;
 * Escape then Tab moves the focus out.
 */
export function CodeEditor({
  path,
  text,
  label,
  isFocusedAtStart,
  onChange,
}: {
  path: string;
  text: string;
  label: string;
  isFocusedAtStart: boolean;
  onChange: (text: string) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const change = useEffectEvent(onChange);
  const view = useRef<EditorView>(null);
  const language = useRef(new Compartment());
  const name = useRef(new Compartment());

  useEffect(() => {
    const parent = host.current;
    if (parent === null) return;
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorState.lineSeparator.of(findLineSeparator(text)),
          indentUnit.of(findIndent(text)),
          lineNumbers(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          syntaxHighlighting(colours),
          theme,
          language.current.of([]),
          name.current.of([]),
          keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap, ...searchKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change(update.state.sliceDoc());
          }),
        ],
      }),
    });
    view.current = editor;
    if (isFocusedAtStart) editor.focus();
    return () => editor.destroy();
  }, [text, isFocusedAtStart]);

  useEffect(() => {
    view.current?.dispatch({
      effects: name.current.reconfigure(
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
      ),
    });
  }, [label, text, isFocusedAtStart]);

  useEffect(() => {
    let isCurrent = true;
    void loadEditorLanguage(path).then((support) => {
      if (isCurrent) view.current?.dispatch({ effects: language.current.reconfigure(support ?? []) });
    });
    return () => {
      isCurrent = false;
    };
  }, [path, text, isFocusedAtStart]);

  return <div ref={host} className="h-full min-h-0" />;
}

/** The indentation of the text's first indented line; two spaces by default. */
function findIndent(text: string): string {
  const indent = /^(\t| {2,8})(?=\S)/m.exec(text)?.[1];
  return indent ?? "  ";
}
