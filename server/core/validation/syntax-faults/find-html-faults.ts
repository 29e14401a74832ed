import type { SyntaxFault } from "./syntax-fault.ts";
import { blankTemplateMarks } from "./template-marks.ts";

/** Elements whose content is text up to their own end tag. */
const rawTextElements: ReadonlySet<string> = new Set(["script", "style", "textarea", "title"]);

/**
 * Certain errors in HTML, which tolerates nearly everything: a comment, a tag or a script that is never closed and so
 * swallows the rest of the page. Template marks are removed first.
 */
export function findHtmlFaults(text: string): SyntaxFault[] {
  const html = blankTemplateMarks(text);
  let line = 1;
  let counted = 0;
  const lineAt = (index: number) => {
    for (let at = html.indexOf("\n", counted); at !== -1 && at < index; at = html.indexOf("\n", at + 1)) line += 1;
    counted = index;
    return line;
  };
  for (let at = html.indexOf("<"); at !== -1; at = html.indexOf("<", at)) {
    if (html.startsWith("<!--", at)) {
      const end = html.indexOf("-->", at + 4);
      if (end === -1) return [{ line: lineAt(at), problem: "the comment that starts here is not closed" }];
      at = end + 3;
      continue;
    }
    const name = /^<\/?([a-z][\w:-]*)/i.exec(html.slice(at, at + 100))?.[1]?.toLowerCase();
    if (name === undefined) {
      at += 1;
      continue;
    }
    const end = findTagEnd({ html, start: at + 1 });
    if (end === null) return [{ line: lineAt(at), problem: `the tag \`<${name}\` is not closed` }];
    if (!rawTextElements.has(name) || html.charAt(at + 1) === "/" || html.charAt(end - 1) === "/") {
      at = end + 1;
      continue;
    }
    const close = findEndTag({ html, name, from: end });
    if (close === null) return [{ line: lineAt(at), problem: `\`<${name}>\` is not closed` }];
    at = close;
  }
  return [];
}

/** The position of the tag's `>`, after quoted attribute values; null if the text ends first. */
function findTagEnd({ html, start }: { html: string; start: number }): number | null {
  let quote = "";
  for (let at = start; at < html.length; at += 1) {
    const character = html.charAt(at);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === ">") return at;
    else if ((character === '"' || character === "'") && /=\s*$/.test(html.slice(Math.max(start, at - 8), at)))
      quote = character;
  }
  return null;
}

function findEndTag({ html, name, from }: { html: string; name: string; from: number }): number | null {
  const pattern = new RegExp(`</${name}[\\s>/]`, "gi");
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? null;
}
