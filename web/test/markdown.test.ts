import { describe, expect, it } from "vitest";
import { type Node, read } from "../src/lib/markdown";

/** The tree as text, short enough to be compared by eye. */
function outline(nodes: Node[]): string {
  return nodes
    .map((node) => {
      if (node.is === "text") return JSON.stringify(node.text);
      if (node.is === "cite") return `[${node.number}]`;
      if (node.is === "link") return `link(${node.href} @${node.host} ${outline(node.children)})`;
      if ("children" in node) return `${node.is}(${outline(node.children)})`;
      return "text" in node ? `${node.is}(${JSON.stringify(node.text)})` : node.is;
    })
    .join(" ");
}

const check = (markdown: string, expected: string, sources = 2) => expect(outline(read(markdown, sources))).toBe(expected);

describe("what models write", () => {
  it("becomes paragraphs, lists, tables and code", () => {
    check("**Voles** and `mice`", 'paragraph(strong("Voles") " and " code("mice"))');
    check("1. one\n2. two", 'list(item(paragraph("one")) item(paragraph("two")))');
    check("| a |\n|---|\n| b |", 'table(row(cell("a")) row(cell("b")))');
    check("```rust\nfn main() {}\n```", 'pre("fn main() {}")');
    check("- [x] done", 'list(item(check paragraph("done")))');
  });

  it("has citations where there are sources for them", () => {
    check("Voles [1], mice [2].", 'paragraph("Voles " [1] ", mice " [2] ".")');
    check("Both [1, 2] and [1][2].", 'paragraph("Both " [1] [2] " and " [1] [2] ".")');
    check("In 2024 [3], [0] and `a[1]`.", 'paragraph("In 2024 [3], [0] and " code("a[1]") ".")');
  });

  it("keeps its citations beside a list of its own of what they are", () => {
    const list = "\n\n[1]: lease.pdf\n[2]: fees.pdf 'the new ones'";
    check(`Due in March [1][2].${list}`, 'paragraph("Due in March " [1] [2] ".") paragraph([1] " lease.pdf") paragraph([2] " fees.pdf the new ones")');
    check("Due [1].\n\n[1]: lease.pdf", 'paragraph("Due " [1] ".") paragraph([1] " lease.pdf")');
    check("The [lease][1].\n\n[1]: lease.pdf", 'paragraph("The " "lease" [1] ".") paragraph([1] " lease.pdf")');
  });

  it("keeps the numbers of clauses, and counts where all are one", () => {
    const values = (markdown: string) => read(markdown, 0).flatMap((list) => ("children" in list ? list.children.map((item) => (item.is === "item" ? item.value : null)) : []));
    expect(values("5. Rent\n7. Deposit\n9. Keys")).toEqual([5, 7, 9]);
    expect(values("1. Rent\n1. Deposit")).toEqual([undefined, undefined]);
    expect(values("- Rent\n- Deposit")).toEqual([undefined, undefined]);
  });

  it("may say ranges with a tilde", () => {
    check("10~20 kg, in winter 30~40 kg", 'paragraph("10~20 kg, in winter 30~40 kg")');
    check("~~ten~~ twenty", 'paragraph(del("ten") " twenty")');
  });

  it("is readable at every moment while it comes", () => {
    const whole = "## Food\n\nVoles **and** [a link](https://example.org/x) [1]\n\n```\ncode\n```\n";
    for (let end = 0; end <= whole.length; end += 1) {
      expect(() => read(whole.slice(0, end), 1)).not.toThrow();
    }
  });
});

describe("what nobody should get past us", () => {
  it("is HTML, which stays text", () => {
    check("<script>alert(1)</script>", '"<script>alert(1)</script>"');
    check('a <img src=x onerror="alert(1)"> b', 'paragraph("a " "<img src=x onerror=\\"alert(1)\\">" " b")');
    check("<svg/onload=alert(1)>", 'paragraph("<svg/onload=alert(1)>")');
  });

  it("is an address that runs something", () => {
    for (const address of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x"]) {
      check(`[click](${address})`, 'paragraph("click")');
      check(`[click]: ${address}\n\n[click]`, 'paragraph("click")');
    }
    check("[click](/api/projects)", 'paragraph("click")');
  });

  it("is a picture from elsewhere, which becomes a link that says where", () => {
    check("![kestrel](https://evil.example/p.png?q=1)", 'paragraph(link(https://evil.example/p.png?q=1 @evil.example "kestrel"))');
    check("![a][b]\n\n[b]: https://evil.example/p.png", 'paragraph(link(https://evil.example/p.png @evil.example "a"))');
  });

  it("is a host that pretends to be another", () => {
    check("[bank](https://bank.example@evil.example/)", 'paragraph(link(https://evil.example/ @evil.example "bank"))');
  });

  it("is nesting without end", () => {
    const deep = `${"> ".repeat(3000)}text`;
    expect(outline(read(deep, 0))).toContain("text");
  });
});

describe("marks", () => {
  const marked = (markdown: string, words: string, kind: "passage" | "cited" = "passage") => {
    const start = markdown.indexOf(words);
    const found: string[] = [];
    const walk = (nodes: ReturnType<typeof read>) => {
      for (const node of nodes) {
        if ("mark" in node && node.mark) found.push(node.text);
        if ("children" in node) walk(node.children);
      }
    };
    walk(read(markdown, 0, [{ start, end: start + words.length, kind }]));
    return found;
  };

  it("are cut out of formatted text", () => {
    expect(marked("# Nest\n\nIt **weighs 800** kilograms. More.", "weighs 800** kilograms.")).toEqual(["weighs 800", " kilograms."]);
    expect(marked("| a | b |\n| - | - |\n| one | two |\n| three | four |", "| three | four |")).toEqual(["three", "four"]);
    expect(marked("- one\n- two `code`\n- three", "two `code`")).toEqual(["two ", "code"]);
  });

  it("find their place behind escapes, quotations and fences", () => {
    expect(marked("a \\* b \\* c and d", "c and")).toEqual(["c and"]);
    expect(marked("> one two\n> three four\n> five", "three four")).toEqual(["three four"]);
    expect(marked("```py\nfirst = 1\nsecond = 2\n```\n\nafter", "second = 2")).toEqual(["second = 2"]);
    expect(marked("Fish &amp; chips and tea", "chips and")).toEqual(["chips and"]);
  });

  it("may lie over each other", () => {
    const tree = read("one two three", 0, [
      { start: 0, end: 13, kind: "passage" },
      { start: 4, end: 7, kind: "cited" },
    ]);
    expect(tree).toEqual([
      {
        is: "paragraph",
        children: [
          { is: "text", text: "one ", mark: "passage" },
          { is: "text", text: "two", mark: "cited" },
          { is: "text", text: " three", mark: "passage" },
        ],
      },
    ]);
  });
});
