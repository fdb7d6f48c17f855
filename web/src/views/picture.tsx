/** A picture as it was uploaded, with the words that were read from it where the cited place is marked. */

import { useState } from "preact/hooks";
import { words } from "../state/settings";
import { IconButton, Spinner } from "./parts";

interface Props {
  document: number;
  generation: number;
  name: string;
  onFailed: () => void;
}

export function Picture({ document, generation, name, onFailed }: Props) {
  const w = words.value.source;
  const [zoom, setZoom] = useState(1);
  const [ready, setReady] = useState(false);
  return (
    <div class="pdf picture">
      <div class="pdf-tools">
        <span class="grow" />
        <IconButton icon="minus" label={w.zoomOut} disabled={zoom <= 0.5} onClick={() => setZoom(zoom / 1.25)} />
        <IconButton icon="plus" label={w.zoomIn} disabled={zoom >= 6} onClick={() => setZoom(zoom * 1.25)} />
      </div>
      <div class="pdf-frame" tabIndex={0} role="region" aria-label={name} aria-busy={!ready}>
        {!ready && <Spinner label={w.render} />}
        <img
          class="picture-image"
          src={`/api/documents/${document}/versions/${generation}/download`}
          alt={name}
          // A width in percent is no style of the page's own: the policy forbids those, and allows what scripts set.
          ref={(element) => element?.style.setProperty("width", `${zoom * 100}%`)}
          onLoad={() => setReady(true)}
          onError={onFailed}
        />
      </div>
    </div>
  );
}
