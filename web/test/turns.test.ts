import { describe, expect, it } from "vitest";
import { type Entry, type Reading, advance, begin, blank, merge, put, shareRead, take } from "../src/lib/turns";

const frame = (seq: number, token: string, first_seq?: number) => ({
  chat_id: 1,
  message_id: 2,
  seq,
  token,
  ...(first_seq === undefined ? {} : { first_seq }),
});

function fed(frames: ReturnType<typeof frame>[], from: Entry = blank(2)): Entry {
  return frames.reduce((entry, one) => take(entry, one).entry, from);
}

describe("an answer that grows", () => {
  it("adds frame to frame", () => {
    expect(fed([frame(0, "They "), frame(1, "eat "), frame(2, "voles.")])).toMatchObject({ seq: 2, content: "They eat voles." });
  });

  it("takes joined frames and drops known ones", () => {
    const answer = fed([frame(0, "They "), frame(3, "eat voles.", 1), frame(3, "eat voles.", 1), frame(0, "They ")]);
    expect(answer).toMatchObject({ seq: 3, content: "They eat voles." });
  });

  it("changes nothing at a gap", () => {
    const answer = fed([frame(0, "They ")]);
    expect(take(answer, frame(2, "voles"))).toEqual({ taken: "gap", entry: answer });
  });

  it("is whole after any break, however the rest is cut", () => {
    const pieces = Array.from({ length: 30 }, (_, n) => `w${n} `);
    const whole = pieces.join("");
    for (let stop = 0; stop < 30; stop += 1) {
      for (const size of [1, 4, 7]) {
        const before = fed(pieces.slice(0, stop).map((token, seq) => frame(seq, token)));
        // Followed anew: from where it broke off, or from the very beginning.
        for (const from of [stop, 0]) {
          let answer = before;
          for (let at = from; at < 30; at += size) {
            const last = Math.min(29, at + size - 1);
            answer = take(answer, frame(last, pieces.slice(at, last + 1).join(""), at)).entry;
          }
          expect(answer.content).toBe(whole);
          expect(answer.seq).toBe(29);
        }
      }
    }
  });
});

const asked = (content: string, clientId: string): Entry => ({ ...blank(0), role: "user", content, clientId });

describe("a turn that begins", () => {
  it("confirms the question that was shown already, once", () => {
    const entries = begin([asked("What?", "a"), asked("What?", "b")], { answer: 2, question: 1, content: "What?" });
    expect(entries.map((one) => [one.role, one.id, one.clientId])).toEqual([
      ["user", 1, undefined],
      ["assistant", 2, undefined],
      ["user", 0, "b"],
    ]);
  });

  it("shows somebody else's question", () => {
    const entries = begin([], { answer: 2, question: 1, content: "And owls?" });
    expect(entries.map((one) => [one.role, one.content, one.status])).toEqual([
      ["user", "And owls?", "completed"],
      ["assistant", "", "streaming"],
    ]);
  });

  it("puts a new answer in the place of the old one, before what came after", () => {
    const question: Entry = { ...blank(1), role: "user", content: "What?" };
    const later: Entry = { ...blank(3), role: "user", content: "And?" };
    const entries = begin([question, blank(2, 1), later, blank(4, 3)], { answer: 5, question: 1, content: "What?" });
    expect(entries.map((one) => one.id)).toEqual([1, 5, 3, 4]);
  });

  it("changes nothing when it is told twice", () => {
    const turn = { answer: 2, question: 1, content: "What?" };
    const once = put(begin([], turn), { ...blank(2, 1), content: "Voles", seq: 4 });
    expect(begin(once, turn)).toEqual(once);
  });
});

describe("what is stored", () => {
  const done = (entry: Entry): Entry => ({ ...entry, status: "completed" });

  it("does not undo what has grown here", () => {
    const here = [done({ ...blank(1), role: "user" }), { ...blank(2, 1), content: "They eat", seq: 7 }];
    const there = [done({ ...blank(1), role: "user" }), blank(2, 1)];
    expect(merge(here, there)[1]).toMatchObject({ content: "They eat", seq: 7 });
  });

  it("does not lose what was said while it was being read", () => {
    const here = [done({ ...blank(1), role: "user", content: "What?" }), blank(2, 1)];
    expect(merge(here, [])).toEqual(here);
  });

  it("keeps questions that are not sent, and drops those that were after all", () => {
    const late = { ...asked("What?", "a"), createdAt: "2026-01-01T00:00:00Z" };
    const stored = done({ ...blank(1), role: "user", content: "What?", createdAt: "2026-01-01T00:00:01Z" });
    expect(merge([late], [stored])).toEqual([stored]);
    expect(merge([asked("Who?", "b")], [stored]).map((one) => one.content)).toEqual(["What?", "Who?"]);
  });
});

describe("the reading for a summary", () => {
  const reading = (nth: number, part: number): Reading => ({ filename: "lease.pdf", part, of: 4, nth, documents: 2 });

  it("shows the furthest part, in whatever order parts begin", () => {
    let answer = blank(2);
    const shown: number[] = [];
    for (const [nth, part] of [[1, 1], [1, 2], [2, 1], [1, 3], [2, 4]] as const) {
      answer = advance(answer, reading(nth, part));
      shown.push(shareRead(answer.reading!));
    }
    expect(shown).toEqual([0, 0.125, 0.5, 0.5, 0.875]);
  });

  it("says nothing of an answer that has ended", () => {
    const stopped: Entry = { ...blank(2), status: "cancelled" };
    expect(advance(stopped, reading(1, 1))).toBe(stopped);
  });

  it("keeps only what it shows of an event", () => {
    const event = { ...reading(1, 1), document_id: 7 };
    expect(advance(blank(2), event).reading).toEqual(reading(1, 1));
  });

  it("does not forget what a question was about when it is read from the server", () => {
    const question = { ...blank(1), role: "user" as const, content: "Summarise these", status: "completed" as const };
    expect(merge([{ ...question, about: "lease.pdf" }], [question])[0]?.about).toBe("lease.pdf");
    const unconfirmed = { ...question, id: 0, about: "lease.pdf" };
    expect(merge([unconfirmed], [question])).toEqual([{ ...question, about: "lease.pdf" }]);
  });
});
