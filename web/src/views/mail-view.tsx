/** A mail: its headers as a list, then what was written. */

import { useMemo } from "preact/hooks";
import { mailParts } from "../lib/mail";
import type { Mark } from "../lib/markdown";
import { words } from "../state/settings";
import { Marked } from "./marked";

export function MailText({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const { headers, body } = useMemo(() => mailParts(text), [text]);
  const names = words.value.documents.mailHeaders;
  return (
    <div class="mail">
      {headers.length > 0 && (
        <dl class="mail-headers">
          {headers.map(({ name, value, start }) => (
            <div key={start}>
              <dt>{names[name] ?? name}</dt>
              <dd>
                <Marked text={value} marks={marks} from={start + name.length + 2} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div class="plain-text">
        <Marked text={text.slice(body)} marks={marks} from={body} />
      </div>
    </div>
  );
}
