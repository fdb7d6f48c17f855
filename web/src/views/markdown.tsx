/** Draws the tree that `lib/markdown` leaves: nothing in it can run or load. */

import type { ComponentChildren } from "preact";
import { memo } from "preact/compat";
import { useMemo, useState } from "preact/hooks";
import type { Source } from "../api/client";
import { type Mark, type Node, read } from "../lib/markdown";
import { words } from "../state/settings";
import { IconButton } from "./parts";
import { nameOf } from "./source-name";

interface Props {
  text: string;
  sources: Source[];
  /** 1-based number of the source that is open. */
  shown?: number | null;
  onCite?: (number: number) => void;
  /** Parts that stand out. */
  marks?: readonly Mark[];
}

export const Markdown = memo(function Markdown({ text, sources, shown, onCite, marks }: Props) {
  const citable = onCite ? sources.length : 0;
  const tree = useMemo(() => read(text, citable, marks), [text, citable, marks]);
  return <div class="markdown">{draw(tree, { sources, shown: shown ?? null, onCite })}</div>;
});

interface Context {
  sources: Source[];
  shown: number | null;
  onCite?: ((number: number) => void) | undefined;
}

function draw(nodes: Node[], context: Context): ComponentChildren {
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no state, and grow at the end
  return nodes.map((node, n) => <Piece key={n} node={node} context={context} />);
}

function Piece({ node, context }: { node: Node; context: Context }): ComponentChildren {
  const inside = "children" in node ? draw(node.children, context) : null;
  switch (node.is) {
    case "text":
      return node.mark ? <mark class={`mark-${node.mark}`}>{node.text}</mark> : node.text;
    case "cite":
      return <Citation number={node.number} context={context} />;
    case "code":
      return node.mark ? (
        <mark class={`mark-${node.mark}`}>
          <code>{node.text}</code>
        </mark>
      ) : (
        <code>{node.text}</code>
      );
    case "pre":
      return (
        <Code text={node.children.map((part) => ("text" in part ? part.text : "")).join("")} language={node.language}>
          {inside}
        </Code>
      );
    case "break":
      return <br />;
    case "rule":
      return <hr />;
    case "check":
      return <input type="checkbox" disabled checked={node.checked} aria-label={node.checked ? "✓" : "–"} />;
    case "strong":
      return <strong>{inside}</strong>;
    case "em":
      return <em>{inside}</em>;
    case "del":
      return <del>{inside}</del>;
    case "paragraph":
      return <p>{inside}</p>;
    case "quote":
      return <blockquote>{inside}</blockquote>;
    case "heading":
      // The page has its own h1 and h2.
      return <div class={`h h${node.level}`} role="heading" aria-level={Math.min(6, node.level + 2)}>{inside}</div>;
    case "list":
      return node.ordered ? <ol start={node.start}>{inside}</ol> : <ul>{inside}</ul>;
    case "item":
      return <li value={node.value}>{inside}</li>;
    case "table":
      return <Table node={node} context={context} />;
    case "row":
    case "cell":
      return <>{inside}</>;
    case "link":
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {inside}
          <span class="host"> ({node.host})</span>
        </a>
      );
  }
}

function Citation({ number, context: { sources, shown, onCite } }: { number: number; context: Context }) {
  const source = sources[number - 1];
  const label = words.value.chat.cite(number, source ? nameOf(source.metadata) : "");
  return (
    <button
      type="button"
      class="cite"
      aria-label={label}
      title={label}
      aria-pressed={shown === number}
      onClick={() => onCite?.(number)}
    >
      {number}
    </button>
  );
}

function Table({ node, context }: { node: Extract<Node, { is: "table" }>; context: Context }) {
  const [head, ...body] = node.children;
  const cells = (row: Node | undefined, Cell: "th" | "td") =>
    row && "children" in row
      ? row.children.map((cell, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
          <Cell key={n} class={node.align[n] ?? undefined}>
            {"children" in cell ? draw(cell.children, context) : null}
          </Cell>
        ))
      : null;
  return (
    // Wide tables scroll by themselves, with the keyboard too.
    <div class="table-wrap" tabIndex={0} role="group">
      <table>
        <thead>
          <tr>{cells(head, "th")}</tr>
        </thead>
        <tbody>
          {body.map((row, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
            <tr key={n}>{cells(row, "td")}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Code({ text, language, children }: { text: string; language: string; children: ComponentChildren }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <div class="code">
      <div class="code-head">
        <span>{language}</span>
        <IconButton icon={copied ? "check" : "copy"} size={15} label={copied ? words.value.copied : words.value.copy} onClick={copy} />
      </div>
      <pre tabIndex={0}>
        <code>{children}</code>
      </pre>
    </div>
  );
}
