/** A picture as it was uploaded, with the words that were read from it where the cited place is marked. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useStable } from "../lib/hooks";
import { type Sight, layOver } from "../lib/sight";
import { words } from "../state/settings";
import { sightOf } from "../state/sights";
import { IconButton, Spinner } from "./parts";

interface Props {
  document: number;
  generation: number;
  name: string;
  /** Text to mark on the picture, and the sentences in it that are cited. */
  passage?: string;
  cited?: string[];
  onFailed: () => void;
}

export function Picture({ document, generation, name, passage, cited = [], onFailed }: Props) {
  const lay = useStable((sight: Sight, over: HTMLElement) => layOver(sight, passage ?? "", cited, over));
  const w = words.value.source;
  const [zoom, setZoom] = useState(1);
  const [ready, setReady] = useState(false);
  const marks = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!ready || !passage) return;
    let current = true;
    sightOf(document, 1).then(
      (sight) => {
        if (!current || !sight || !marks.current || !lay(sight, marks.current)) return;
        const first = marks.current.querySelector(".cited") ?? marks.current.firstElementChild;
        first?.scrollIntoView({ block: "center", inline: "nearest" });
      },
      // The passage stands above the picture in any case.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [document, ready, passage]);
  return (
    <div class="pdf picture">
      <div class="pdf-tools">
        <span class="grow" />
        <IconButton icon="minus" label={w.zoomOut} disabled={zoom <= 0.5} onClick={() => setZoom(zoom / 1.25)} />
        <IconButton icon="plus" label={w.zoomIn} disabled={zoom >= 6} onClick={() => setZoom(zoom * 1.25)} />
      </div>
      <div class="pdf-frame" tabIndex={0} role="region" aria-label={name} aria-busy={!ready}>
        {!ready && <Spinner label={w.render} />}
        <div
          class="picture-sheet"
          // A width in percent is no style of the page's own: the policy forbids those, and allows what scripts set.
          ref={(element) => element?.style.setProperty("width", `${zoom * 100}%`)}
        >
          <img
            class="picture-image"
            src={`/api/documents/${document}/versions/${generation}/download`}
            alt={name}
            onLoad={() => setReady(true)}
            onError={onFailed}
          />
          <div class="pdf-marks" ref={marks} aria-hidden="true" />
        </div>
      </div>
    </div>
  );
}
