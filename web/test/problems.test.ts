import { describe, expect, it } from "vitest";
import { described, mayHelpAgain } from "../src/lib/problems";
import { english, german } from "../src/texts/problems";

const refusal = (code: string, message = "the server's words") => ({ code, message });
const field = (name: string, message: string) => ({ ...refusal("invalid_payload"), fields: [{ field: name, message }] });

describe("what went wrong", () => {
  it("is told in the reader's language, by its code", () => {
    expect(described(refusal("llm_unavailable"), german)).toMatch(/Sprachmodell/);
    expect(described(refusal("llm_unavailable", "The model at x answers 500"), english)).toBe("The model at x answers 500");
    expect(described({ ...refusal("rate_limited"), retryAfter: 12 }, german)).toMatch(/ 12 s /);
  });

  it("falls back to the server's words for codes that are newer than the page", () => {
    expect(described(refusal("quota_of_tomorrow"), german)).toBe("the server's words");
  });

  it("names fields as the form does", () => {
    expect(described(field("title", "must have 1 to 255 characters, none of them control characters"), english)).toBe(
      "The title must have 1 to 255 characters.",
    );
    expect(described(field("title", "must have 1 to 255 characters"), german)).toBe("Die Angabe „Titel“ muss 1 bis 255 Zeichen haben.");
    expect(described(field("name", "is required"), german)).toBe("Die Angabe „Name“ fehlt.");
    expect(described(field("temperature", "must be 0 to 2"), english)).toBe("The temperature must be between 0 and 2.");
    expect(described(field("comment", "may have at most 2000 characters"), german)).toMatch(/höchstens 2\.000/);
    expect(described(field("role", "must be `admin` or `user`"), english)).toBe("The role must be `admin` or `user`.");
    expect(described(field("odd", "is not that"), german)).toBe("Die Angabe „odd“ ist so nicht möglich.");
  });
});

describe("trying again", () => {
  it("is offered only where it can help", () => {
    expect(["unsupported_file_type", "encrypted_document", "empty_file"].some(mayHelpAgain)).toBe(false);
    expect(["internal", "interrupted", "offline", "storage_unavailable", undefined, null].every(mayHelpAgain)).toBe(true);
  });
});
