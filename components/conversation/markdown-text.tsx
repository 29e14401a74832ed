import { Fragment, useMemo, type ReactNode } from "react";
import { findFileLink, isWebAddress, type FileLink } from "#lib/markdown/find-file-link.ts";
import type { Inline } from "#lib/markdown/parse-inline.ts";
import { parseMarkdown, type Block } from "#lib/markdown/parse-markdown.ts";
import { Link } from "../ui/link.tsx";

/** The link targets of a text: the files of one version. */
export type FileLinks = { paths: ReadonlySet<string>; hrefOf: (link: FileLink) => string };

const linkClass = "break-words text-accent underline underline-offset-2";

/**
 * Renders Markdown as elements. Nothing becomes HTML, no image is fetched, and links only lead to files of the version
 * or to web addresses.
 */
export function MarkdownText({ text, links }: { text: string; links: FileLinks }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div className="flex max-w-3xl min-w-0 flex-col gap-3 text-sm leading-6">
      <Blocks blocks={blocks} links={links} />
    </div>
  );
}

function Blocks({ blocks, links }: { blocks: readonly Block[]; links: FileLinks }) {
  return blocks.map((block, index) => <BlockView key={index} block={block} links={links} />);
}

function BlockView({ block, links }: { block: Block; links: FileLinks }) {
  const inline = (children: readonly Inline[]) => <Inlines inlines={children} links={links} />;
  switch (block.type) {
    case "heading":
      // Headings of an answer are below the page's own heading levels.
      return block.level <= 2 ? (
        <h3 className="text-base font-semibold">{inline(block.children)}</h3>
      ) : (
        <h4 className="font-semibold">{inline(block.children)}</h4>
      );
    case "paragraph":
      return <p className="break-words whitespace-pre-line">{inline(block.children)}</p>;
    case "code":
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
        <pre tabIndex={0} className="overflow-x-auto rounded-md border bg-surface p-3 text-xs leading-5">
          <code className="font-mono">{block.text}</code>
        </pre>
      );
    case "quote":
      return (
        <blockquote className="flex flex-col gap-2 border-l-2 pl-3 text-muted">
          <Blocks blocks={block.children} links={links} />
        </blockquote>
      );
    case "list": {
      const items = block.items.map((item, index) => (
        <li key={index} className="pl-1 [&>*+*]:mt-1">
          <Blocks blocks={item} links={links} />
        </li>
      ));
      return block.isOrdered ? (
        <ol start={block.start} className="flex list-decimal flex-col gap-1 pl-6">
          {items}
        </ol>
      ) : (
        <ul className="flex list-disc flex-col gap-1 pl-6">{items}</ul>
      );
    }
    case "table":
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
        <div tabIndex={0} role="region" aria-label="Table" className="overflow-x-auto">
          <table className="border-collapse text-left">
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  <th key={index} className="border px-2 py-1 font-medium">
                    {inline(cell)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column} className="border px-2 py-1 align-top">
                      {inline(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "rule":
      return <hr />;
  }
}

function Inlines({ inlines, links }: { inlines: readonly Inline[]; links: FileLinks }) {
  return inlines.map((inline, index) => (
    <Fragment key={index}>
      <InlineView inline={inline} links={links} />
    </Fragment>
  ));
}

function InlineView({ inline, links }: { inline: Inline; links: FileLinks }): ReactNode {
  switch (inline.type) {
    case "text":
      return inline.text;
    case "code": {
      const code = <code className="rounded-sm bg-surface px-1 font-mono text-xs break-words">{inline.text}</code>;
      const file = findFileLink({ target: inline.text, paths: links.paths });
      return file === null ? (
        code
      ) : (
        <Link href={links.hrefOf(file)} className={linkClass}>
          {code}
        </Link>
      );
    }
    case "strong":
      return (
        <strong className="font-semibold">
          <Inlines inlines={inline.children} links={links} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Inlines inlines={inline.children} links={links} />
        </em>
      );
    case "struck":
      return (
        <s>
          <Inlines inlines={inline.children} links={links} />
        </s>
      );
    case "link": {
      const { target } = inline;
      // Nested links are invalid: the inner one is rendered as text.
      const children = <Inlines inlines={inline.children} links={{ ...links, paths: noPaths }} />;
      const file = findFileLink({ target, paths: links.paths });
      if (file !== null)
        return (
          <Link href={links.hrefOf(file)} className={linkClass}>
            {children}
          </Link>
        );
      if (!isWebAddress(target)) return children;
      return (
        <a href={target} title={target} target="_blank" rel="noopener noreferrer nofollow" className={linkClass}>
          {children}
        </a>
      );
    }
  }
}

const noPaths: ReadonlySet<string> = new Set();
