/** Words for what the server refuses: by its code, and by field where it names fields. */

import type { Problems } from "../texts/problems";

export interface Refusal {
  code: string;
  /** The server's own words, in English. */
  message: string;
  fields?: readonly FieldRefusal[] | undefined;
  retryAfter?: number | null | undefined;
}

export interface FieldRefusal {
  field: string;
  message: string;
}

/** What a person can make of it. */
export function described({ code, message, fields = [], retryAfter }: Refusal, texts: Problems): string {
  if (fields.length > 0) return fields.map((one) => describedField(one, texts)).join(" ");
  const known = texts.codes && code in texts.codes ? texts.codes[code as keyof typeof texts.codes] : null;
  const later = code === "rate_limited" && retryAfter && texts.codes ? texts.later(retryAfter) : "";
  return [known ?? message, later].filter(Boolean).join(" ");
}

const PATTERNS: [RegExp, (texts: Problems, field: string, numbers: number[]) => string][] = [
  [/^(is|are) (required|missing)\b/, (texts, field) => texts.required(field)],
  [/^must have (\d+) to (\d+) (?:characters|bytes)\b/, (texts, field, [least, most]) => texts.characters(field, least!, most!)],
  [/^(?:must|may) have at most (\d+) (?:plain )?characters\b/, (texts, field, [most]) => texts.atMost(field, most!)],
  [/^must be (\d+) to (\d+)\b/, (texts, field, [least, most]) => texts.between(field, least!, most!)],
];

function describedField({ field, message }: FieldRefusal, texts: Problems): string {
  const name = texts.fields[field] ?? field;
  for (const [pattern, say] of PATTERNS) {
    const match = pattern.exec(message);
    if (match) return say(texts, name, match.slice(1).map(Number).filter(Number.isFinite));
  }
  return texts.wrong(name, message.replace(/\.$/, ""));
}

/** What will fail in the same way again, whoever tries: the input itself is at fault. */
const LASTING: ReadonlySet<string> = new Set([
  "bad_request",
  "corrupt_document",
  "empty_file",
  "encrypted_document",
  "extraction_limit",
  "file_too_large",
  "forbidden",
  "invalid_payload",
  "method_not_allowed",
  "no_text",
  "not_found",
  "original_damaged",
  "original_missing",
  "payload_too_large",
  "range_not_satisfiable",
  "unsupported_file_type",
  "unsupported_media_type",
]);

/** Whether trying the same again can help. */
export function mayHelpAgain(code: string | null | undefined): boolean {
  return !LASTING.has(code ?? "");
}
