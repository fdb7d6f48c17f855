/** The passages of a project on a plane, coloured by document. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Schemas, type Source, api, ok } from "../api/client";
import { hue } from "../lib/format";
import { useStable } from "../lib/hooks";
import { meaning } from "../state/notices";
import { theme, words } from "../state/settings";
import { Button, Empty, Heading, Spinner } from "./parts";
import { SourcePanel } from "./source-panel";

type PlaneMap = Schemas["Map"];
type Point = PlaneMap["points"][number];

interface Look {
  /** The plane's point in the middle, and how much closer than the whole. */
  x: number;
  y: number;
  zoom: number;
}

const WHOLE: Look = { x: 0, y: 0, zoom: 1 };

export function PassageMap({ project }: { project: number }) {
  const w = words.value.map;
  const [map, setMap] = useState<PlaneMap | null>(null);
  const [error, setError] = useState("");
  const [only, setOnly] = useState<number | null>(null);
  const [source, setSource] = useState<Source | null>(null);
  useEffect(() => {
    setMap(null);
    setSource(null);
    setOnly(null);
    ok(api.GET("/api/projects/{id}/map", { params: { path: { id: project } } })).then(setMap, (problem) => setError(meaning(problem)));
  }, [project]);
  const legend = useMemo(() => legendOf(map?.points ?? []), [map]);
  const open = (point: Point) => void passage(point).then((found) => found && setSource(found));
  if (error) return <p class="note">{error}</p>;
  if (!map) return <Spinner />;
  return (
    <section class={source ? "view map-view with-panel" : "view map-view"}>
      <Heading>{w.title}</Heading>
      {map.points.length === 0 ? (
        <Empty icon="map" title={w.empty}>
          <p>{w.emptyText}</p>
        </Empty>
      ) : (
        <>
          <p class="hint">
            {w.text} {map.points.length < map.total && w.some(map.points.length, map.total)}
          </p>
          <div class="map-body">
            <Plane points={map.points} only={only} documents={legend.length} chosen={source?.id ?? null} onOpen={open} />
            <nav class="legend" aria-label={w.legend}>
              {only !== null && <Button onClick={() => setOnly(null)}>{w.all}</Button>}
              <ul>
                {legend.map(({ id, name, points }) => (
                  <li key={id}>
                    <button type="button" aria-pressed={only === id} title={w.only(name)} onClick={() => setOnly(only === id ? null : id)}>
                      <Dot id={id} />
                      <span class="legend-name">{name}</span>
                      <span class="muted small">{points.length}</span>
                    </button>
                    {only === id && (
                      <ul class="legend-points" aria-label={w.passages}>
                        {points.slice(0, 200).map((point) => (
                          <li key={point.id}>
                            <button type="button" onClick={() => open(point)}>
                              #{point.chunk_index}
                              {point.page ? ` · ${words.value.source.page(point.page)}` : ""}
                            </button>
                          </li>
                        ))}
                      </ul>
                    )}
                  </li>
                ))}
              </ul>
            </nav>
          </div>
        </>
      )}
      {source && <SourcePanel sources={[source]} shown={1} onShow={() => {}} onClose={() => setSource(null)} />}
    </section>
  );
}

function Dot({ id }: { id: number }) {
  return (
    <svg class="dot" width="10" height="10" aria-hidden="true">
      <circle cx="5" cy="5" r="5" style={{ fill: colour(id, "var(--dot-lightness)") }} />
    </svg>
  );
}

/** Equally light whatever the hue, so that every dot stands out from the ground of its colour scheme. */
const colour = (document: number, lightness: string, opacity = 1) => `oklch(${lightness} 0.14 ${hue(document)} / ${opacity})`;

function legendOf(points: Point[]): { id: number; name: string; points: Point[] }[] {
  const found = new Map<number, { id: number; name: string; points: Point[] }>();
  for (const point of points) {
    const one = found.get(point.document_id) ?? { id: point.document_id, name: point.filename, points: [] };
    one.points.push(point);
    found.set(point.document_id, one);
  }
  return [...found.values()].sort((a, b) => b.points.length - a.points.length);
}

interface PlaneProps {
  points: Point[];
  documents: number;
  only: number | null;
  chosen: string | null;
  onOpen: (point: Point) => void;
}

function Plane({ points, documents, only, chosen, onOpen }: PlaneProps) {
  const w = words.value.map;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [look, setLook] = useState(WHOLE);
  const [hover, setHover] = useState<Point | null>(null);
  const dragged = useRef<{ x: number; y: number; look: Look; far: boolean } | null>(null);
  const scale = (Math.min(size.width, size.height) / 2.15) * look.zoom;
  const at = (point: Point) => ({
    x: size.width / 2 + (point.x - look.x) * scale,
    y: size.height / 2 - (point.y - look.y) * scale,
  });
  useEffect(() => {
    const element = canvas.current!;
    const measured = new ResizeObserver(([entry]) => entry && setSize({ width: entry.contentRect.width, height: entry.contentRect.height }));
    measured.observe(element);
    // Not passive, so that the page does not scroll instead.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      setLook((before) => ({ ...before, zoom: Math.min(40, Math.max(1, before.zoom * Math.exp(-event.deltaY / 400))) }));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      measured.disconnect();
      element.removeEventListener("wheel", wheel);
    };
  }, []);
  const paint = useStable(() => {
    const sharp = window.devicePixelRatio || 1;
    const element = canvas.current!;
    element.width = size.width * sharp;
    element.height = size.height * sharp;
    const pen = element.getContext("2d")!;
    const lightness = getComputedStyle(element).getPropertyValue("--dot-lightness").trim();
    pen.scale(sharp, sharp);
    const radius = points.length > 1500 ? 2.5 : points.length > 300 ? 4 : 6;
    for (const point of points) {
      const { x, y } = at(point);
      const faded = only !== null && point.document_id !== only;
      pen.beginPath();
      pen.arc(x, y, point.id === chosen || point === hover ? radius + 3 : radius, 0, 2 * Math.PI);
      pen.fillStyle = colour(point.document_id, lightness, faded ? 0.15 : 0.9);
      pen.fill();
      if (point.id === chosen) {
        pen.strokeStyle = getComputedStyle(element).color;
        pen.lineWidth = 2;
        pen.stroke();
      }
    }
  });
  useEffect(paint, [points, size, look, only, chosen, hover, theme.value]);
  useEffect(() => {
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", paint);
    return () => scheme.removeEventListener("change", paint);
  }, []);
  const nearest = (event: PointerEvent): Point | null => {
    let best: Point | null = null;
    let least = 12;
    for (const point of points) {
      if (only !== null && point.document_id !== only) continue;
      const { x, y } = at(point);
      const distance = Math.hypot(x - event.offsetX, y - event.offsetY);
      if (distance < least) [best, least] = [point, distance];
    }
    return best;
  };
  const move = (event: PointerEvent) => {
    const from = dragged.current;
    if (!from) return setHover(nearest(event));
    const [dx, dy] = [event.offsetX - from.x, event.offsetY - from.y];
    if (Math.hypot(dx, dy) > 4) from.far = true;
    if (from.far) setLook({ ...from.look, x: from.look.x - dx / scale, y: from.look.y + dy / scale });
  };
  const up = (event: PointerEvent) => {
    const wasDrag = dragged.current?.far;
    dragged.current = null;
    const point = wasDrag ? null : nearest(event);
    if (point) onOpen(point);
  };
  return (
    <div class="plane">
      <canvas
        ref={canvas}
        role="img"
        aria-label={w.label(points.length, documents)}
        class={hover ? "pointing" : ""}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          dragged.current = { x: event.offsetX, y: event.offsetY, look, far: false };
        }}
        onPointerMove={move}
        onPointerUp={up}
        onPointerLeave={() => setHover(null)}
      />
      <p class="plane-hover" aria-hidden="true">
        {hover && `${hover.filename} #${hover.chunk_index}${hover.page ? ` · ${words.value.source.page(hover.page)}` : ""}`}
      </p>
      {look !== WHOLE && (
        <Button class="plane-reset" onClick={() => setLook(WHOLE)}>
          {w.reset}
        </Button>
      )}
    </div>
  );
}

/** The passage behind a dot, in the form of a source. */
async function passage(point: Point): Promise<Source | null> {
  const params = { path: { id: point.document_id }, query: { skip: point.chunk_index, limit: 1 } };
  const { data } = await api.GET("/api/documents/{id}/chunks", { params }).catch(() => ({ data: undefined }));
  const chunk = data?.[0];
  if (!chunk) return null;
  return {
    id: chunk.id,
    content: chunk.content,
    score: 1,
    metadata: {
      document_id: chunk.document_id,
      filename: point.filename,
      generation: chunk.generation,
      page: chunk.page ?? null,
      chunk_index: chunk.chunk_index,
      start: chunk.start,
      end: chunk.end,
      heading: chunk.heading ?? null,
    },
  };
}
