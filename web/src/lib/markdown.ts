/**
 * Markdown to a tree of the few things that an answer may hold. Text comes from models and documents, so nothing of it
 * is trusted: HTML becomes text, images become links, and links lead to web pages or mail only. What is not named here
 * does not exist in the result, whatever the parser may learn one day.
 */

import type { LinkReference, List, ListItem, Nodes, PhrasingContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

export type Node =
  | { is: "text"; text: string; mark?: Mark["kind"] }
  | { is: "cite"; number: number }
  | { is: "code"; text: string; mark?: Mark["kind"] }
  | { is: "link"; href: string; host: string; children: Node[] }
  | { is: "break" }
  | { is: "rule" }
  | { is: "pre"; language: string; children: Node[] }
  | { is: "check"; checked: boolean }
  | { is: "heading"; level: number; children: Node[] }
  | { is: "list"; ordered: boolean; start: number; children: Node[] }
  | { is: "table"; align: Align[]; children: Node[] }
  /** `value` is the number that the item was given. */
  | { is: "item"; value?: number; children: Node[] }
  | { is: "strong" | "em" | "del" | "paragraph" | "quote" | "row" | "cell"; children: Node[] };

/** A part of the text that stands out: offsets in UTF-16 units, `end` exclusive. A later mark lies over an earlier one. */
export interface Mark {
  start: number;
  end: number;
  kind: "passage" | "cited";
}

export type Align = "left" | "right" | "center" | null;

/** Deeper nesting than people write is flattened, so that hostile text cannot exhaust the stack. */
const DEPTH = 40;

/** `citable` is the number of sources: only markers up to it become citations. */
export function read(markdown: string, citable: number, marks: readonly Mark[] = []): Node[] {
  const root = fromMarkdown(markdown, {
    // "10~20 kg" is a range, and nothing is struck out between two of them.
    extensions: [gfm({ singleTilde: false })],
    mdastExtensions: [gfmFromMarkdown()],
  });
  const definitions = new Map<string, string>();
  for (const node of root.children) {
    if (node.type === "definition") definitions.set(node.identifier, node.url);
  }
  return new Cleaner(citable, definitions, markdown, marks).all(root.children, 0);
}

class Cleaner {
  constructor(
    private readonly citable: number,
    private readonly definitions: Map<string, string>,
    private readonly markdown: string,
    private readonly marks: readonly Mark[],
  ) {}

  all(nodes: readonly Nodes[], depth: number): Node[] {
    return nodes.flatMap((node) => this.one(node, depth + 1));
  }

  private one(node: Nodes, depth: number): Node[] {
    if (depth > DEPTH) return [{ is: "text", text: plain(node) }];
    const inside = () => ("children" in node ? this.all(node.children as Nodes[], depth) : []);
    switch (node.type) {
      case "text":
        return this.marks.length > 0 ? this.marked(node) : this.cited(node.value);
      case "html":
        return this.marked(node);
      case "inlineCode":
        return this.marked(node).map((part) => ({ ...part, is: "code" }));
      case "code":
        return [{ is: "pre", language: (node.lang ?? "").slice(0, 30), children: this.marked(node) }];
      case "break":
        return [{ is: "break" }];
      case "thematicBreak":
        return [{ is: "rule" }];
      case "strong":
        return [{ is: "strong", children: inside() }];
      case "emphasis":
        return [{ is: "em", children: inside() }];
      case "delete":
        return [{ is: "del", children: inside() }];
      case "paragraph":
        return [{ is: "paragraph", children: inside() }];
      case "blockquote":
        return [{ is: "quote", children: inside() }];
      case "heading":
        return [{ is: "heading", level: node.depth, children: inside() }];
      case "list":
        return [{ is: "list", ordered: node.ordered === true, start: node.start ?? 1, children: this.items(node, depth) }];
      case "listItem": {
        const mark: Node[] = typeof node.checked === "boolean" ? [{ is: "check", checked: node.checked }] : [];
        return [{ is: "item", children: [...mark, ...inside()] }];
      }
      case "table":
        return [{ is: "table", align: (node.align ?? []) as Align[], children: inside() }];
      case "tableRow":
        return [{ is: "row", children: inside() }];
      case "tableCell":
        return [{ is: "cell", children: inside() }];
      case "link":
        return this.link(node.url, inside());
      case "linkReference":
        if (this.isCitable(node.identifier)) return this.referred(node, inside());
        return this.link(this.definitions.get(node.identifier) ?? "", inside());
      // Nothing is loaded from elsewhere: a picture is a link to it.
      case "image":
        return this.link(node.url, [{ is: "text", text: node.alt || node.url }]);
      case "imageReference":
        return this.link(this.definitions.get(node.identifier) ?? "", [{ is: "text", text: node.alt ?? "" }]);
      // Models write lists of their sources so; they are no addresses.
      case "definition":
        if (!this.isCitable(node.identifier)) return [];
        return [
          {
            is: "paragraph",
            children: [
              { is: "cite", number: Number(node.identifier) },
              { is: "text", text: ` ${[node.url, node.title].filter(Boolean).join(" ")}` },
            ],
          },
        ];
      case "footnoteReference":
        return [{ is: "text", text: `[^${node.label ?? node.identifier}]` }];
      case "footnoteDefinition":
        return inside();
      default:
        return [];
    }
  }

  /** The items of a list. Numbers that go up are kept, gaps too: they are those of clauses and steps. */
  private items(list: List, depth: number): Node[] {
    const numbers = list.children.map((item) => this.number(item));
    const goesUp = numbers.every((number, n) => n === 0 || number > numbers[n - 1]!);
    const items = this.all(list.children, depth);
    if (!list.ordered || !goesUp) return items;
    return items.map((item, n) => (item.is === "item" ? { ...item, value: numbers[n]! } : item));
  }

  /** What stands before an item. */
  private number(item: ListItem): number {
    const at = item.position?.start.offset ?? 0;
    return Number.parseInt(this.markdown.slice(at, at + 10), 10);
  }

  private isCitable(identifier: string): boolean {
    const number = /^\d{1,3}$/.test(identifier) ? Number(identifier) : 0;
    return number >= 1 && number <= this.citable;
  }

  /** `[2]`, and `[1][2]`, which are two citations, where a list of sources makes references of them. */
  private referred(node: LinkReference, inside: Node[]): Node[] {
    const before = node.referenceType === "full" ? plain(node) : "";
    const first: Node[] = this.isCitable(before) ? [{ is: "cite", number: Number(before) }] : [];
    const kept = node.referenceType === "full" && first.length === 0 ? inside : first;
    return [...kept, { is: "cite", number: Number(node.identifier) }];
  }

  /** The text of a node, cut where a mark begins or ends. */
  private marked(node: Literal): TextNode[] {
    const { value, position } = node;
    const [begin, to] = [position?.start.offset ?? 0, position?.end.offset ?? 0];
    // A fence has a line of its own, and a name in it.
    const isFenced = node.type === "code" && /^[`~]/.test(this.markdown.slice(begin, begin + 1));
    const from = isFenced ? this.markdown.indexOf("\n", begin) + 1 : begin;
    const near = this.marks.filter((mark) => mark.start < to && mark.end > from);
    if (near.length === 0 || value === "") return [{ is: "text", text: value }];
    const places = aligned(this.markdown, from, to, value);
    const parts: TextNode[] = [];
    for (let at = 0, first = 0; at < value.length; at += 1) {
      const kind = near.findLast((mark) => mark.start <= places[at]! && places[at]! < mark.end)?.kind;
      const next = at + 1 < value.length ? near.findLast((mark) => mark.start <= places[at + 1]! && places[at + 1]! < mark.end)?.kind : null;
      if (next === kind) continue;
      parts.push({ is: "text", text: value.slice(first, at + 1), ...(kind ? { mark: kind } : {}) });
      first = at + 1;
    }
    return parts;
  }

  private link(url: string, children: Node[]): Node[] {
    const target = safe(url);
    return target ? [{ is: "link", href: target.href, host: target.host, children: unlinked(children) }] : children;
  }

  /** `[2]` is a citation where there is a second source. */
  private cited(text: string): Node[] {
    const nodes: Node[] = [];
    let from = 0;
    for (const match of text.matchAll(/\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g)) {
      const numbers = match[1]!.split(",").map(Number);
      if (!numbers.every((number) => number >= 1 && number <= this.citable)) continue;
      if (match.index > from) nodes.push({ is: "text", text: text.slice(from, match.index) });
      nodes.push(...numbers.map((number): Node => ({ is: "cite", number })));
      from = match.index + match[0].length;
    }
    if (from < text.length) nodes.push({ is: "text", text: text.slice(from) });
    return nodes;
  }
}

type TextNode = Extract<Node, { is: "text" }>;
type Literal = Extract<Nodes, { value: string }>;

/**
 * Where each unit of a node's value stands in the markdown. The two differ by escapes, by what stands before each line
 * of a quotation or a list, and by the fences of code; what comes in between is passed over.
 */
function aligned(markdown: string, from: number, to: number, value: string): number[] {
  const places: number[] = [];
  let at = from;
  for (const unit of value.split("")) {
    const found = markdown.indexOf(unit, at);
    // A character that stands in the markdown under another name, such as `&amp;`, keeps the place before it.
    if (found >= 0 && found < to) at = found;
    places.push(Math.min(at, to - 1));
    if (found >= 0 && found < to) at += 1;
  }
  return places;
}

/** Where a link may lead. */
function safe(url: string): { href: string; host: string } | null {
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    return null;
  }
  if (target.protocol === "http:" || target.protocol === "https:") {
    // What stands before an `@` is there to be mistaken for the host.
    target.username = "";
    target.password = "";
    return { href: target.href, host: target.host };
  }
  return target.protocol === "mailto:" ? { href: target.href, host: target.pathname } : null;
}

/** Links within links are not HTML. */
function unlinked(nodes: Node[]): Node[] {
  return nodes.flatMap((node) => {
    if (node.is === "link") return unlinked(node.children);
    if (node.is === "cite") return [{ is: "text" as const, text: `[${node.number}]` }];
    return "children" in node ? [{ ...node, children: unlinked(node.children) }] : [node];
  });
}

function plain(node: Nodes | PhrasingContent): string {
  if ("value" in node) return node.value;
  // Not recursive: this is what deep nesting ends in.
  const waiting: Nodes[] = "children" in node ? [...(node.children as Nodes[])].reverse() : [];
  let text = "";
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ("value" in next) text += next.value;
    if ("children" in next) waiting.push(...[...(next.children as Nodes[])].reverse());
  }
  return text;
}
