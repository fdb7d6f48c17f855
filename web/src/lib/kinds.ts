/** How a kind of file is shown. What is not named here is plain text. */

export type Look = "formatted" | "grid" | "mail" | "pdf" | "picture" | "plain";

const LOOKS: Record<Exclude<Look, "plain">, readonly string[]> = {
  // Their text is kept as markdown: headings, lists and tables.
  formatted: ["adoc", "doc", "docx", "epub", "fodp", "fodt", "html", "ipynb", "md", "mhtml", "odp", "odt", "ppt", "pptx", "rst", "rtf", "tex"],
  grid: ["csv", "fods", "ods", "tsv", "xls", "xlsx"],
  mail: ["eml", "mbox", "msg"],
  pdf: ["pdf"],
  picture: ["bmp", "jpeg", "jpg", "png", "webp"],
};

export function lookOf(fileType: string): Look {
  const found = Object.entries(LOOKS).find(([, types]) => types.includes(fileType));
  return found ? (found[0] as Look) : "plain";
}
