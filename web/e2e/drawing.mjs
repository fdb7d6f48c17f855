// PDFs that leave to the viewer what is not in the file: characters without fonts, symbols, JPEG 2000 and JBIG2. What the
// page draws is compared with what libpdfium draws (tests/web/drawn.py).
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { Trip, settings, step } from "./harness.mjs";

const { width, height, drawings, references } = settings;
/** Both pictures are compared in cells of so many pixels: letters of one font are cut a little otherwise in another. */
const CELL = 20;
/** The most that cells differ, of 255: in the middle, and the one that differs most. */
const MEAN = 4;
const MOST = 48;

const trip = await Trip.start();
const page = await trip.person();
const made = await (await page.request.post("/api/projects", { data: { name: "Drawings" } })).json();
try {
  for (const file of readdirSync(drawings).filter((name) => name.endsWith(".pdf"))) await isDrawn(file);
} catch (error) {
  await trip.picture(page, "failed");
  throw error;
}
await trip.end();

async function isDrawn(file) {
  step(file);
  const sent = await page.request.post(`/api/projects/${made.id}/documents`, {
    multipart: { file: { name: file, mimeType: "application/pdf", buffer: readFileSync(join(drawings, file)) } },
  });
  const { document } = await sent.json();
  await page.goto(`/projects/${made.id}/documents/${document.id}`);
  const ready = page.locator(".pdf-page[data-ready=true]");
  await ready.waitFor();
  await trip.picture(page, basename(file, ".pdf"));
  // It is drawn anew when its width changes, and once it has been read.
  let seen = null;
  while (seen === null) {
    await ready.waitFor();
    seen = await page.evaluate(pixels, { width, height });
  }
  const drawn = cells(seen);
  const wanted = cells([...readFileSync(join(references, `${basename(file, ".pdf")}.gray`))]);
  assert.ok(Math.max(...wanted) - Math.min(...wanted) > 60, "the reference shows something");
  const apart = drawn.map((value, n) => Math.abs(value - wanted[n]));
  const mean = apart.reduce((sum, one) => sum + one, 0) / apart.length;
  console.log(`  apart by ${mean.toFixed(2)}, at most ${Math.max(...apart).toFixed(1)}`);
  assert.ok(mean < MEAN && Math.max(...apart) < MOST, `${file}: ${mean}, ${Math.max(...apart)}`);
}

/** The page as it is drawn, in grey; `null` while it is not. Runs in the browser. */
function pixels({ width, height }) {
  if (document.querySelector(".pdf-page")?.dataset.ready !== "true") return null;
  const small = new OffscreenCanvas(width, height).getContext("2d");
  small.drawImage(document.querySelector(".pdf-page canvas"), 0, 0, width, height);
  const { data } = small.getImageData(0, 0, width, height);
  return Array.from({ length: width * height }, (_, n) => Math.floor((299 * data[4 * n] + 587 * data[4 * n + 1] + 114 * data[4 * n + 2]) / 1000));
}

function cells(gray) {
  const [columns, rows] = [width / CELL, height / CELL];
  const sums = new Array(columns * rows).fill(0);
  gray.forEach((value, n) => {
    sums[Math.floor(n / width / CELL) * columns + Math.floor((n % width) / CELL)] += value;
  });
  return sums.map((sum) => sum / CELL / CELL);
}
