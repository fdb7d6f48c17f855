// What every trip needs: a browser, a line to the server that can be cut, pictures, and an eye for what must never
// happen in a page.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const settings = JSON.parse(process.env.TRIP ?? "{}");
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A wire between browser and server. `cut` breaks every connection and takes no new ones until `mend`. */
export class Wire {
  static async to(url) {
    const wire = new Wire();
    const target = new URL(url);
    wire.sockets = new Set();
    wire.whole = true;
    wire.server = net.createServer((near) => {
      if (!wire.whole) return near.destroy();
      const far = net.connect(Number(target.port), target.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ]) {
        wire.sockets.add(one);
        one.on("error", () => other.destroy());
        one.on("close", () => {
          wire.sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise((ready) => wire.server.listen(0, "127.0.0.1", ready));
    wire.url = `http://127.0.0.1:${wire.server.address().port}`;
    return wire;
  }

  cut() {
    this.whole = false;
    for (const socket of this.sockets) socket.destroy();
  }

  mend() {
    this.whole = true;
  }

  close() {
    this.cut();
    this.server.close();
  }
}

export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export class Trip {
  static async start() {
    const trip = new Trip();
    trip.wire = await Wire.to(settings.url);
    trip.browser = await chromium.launch({ executablePath: settings.browser ?? "/usr/bin/chromium", args: FLAGS });
    trip.wrong = [];
    mkdirSync(settings.pictures, { recursive: true });
    return trip;
  }

  /** A browser of somebody else's: nothing is shared with the others. */
  async person(options = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1360, height: 860 },
      locale: "en-GB",
      baseURL: this.wire.url,
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on("pageerror", (error) => this.wrong.push(`error in the page: ${error.name}: ${error.stack || error.message}`));
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) this.wrong.push(message.text());
    });
    return page;
  }

  async picture(page, name) {
    await page.screenshot({ path: join(settings.pictures, `${name}.png`) });
  }

  /** Nothing serious for a screen reader, in both colour schemes. */
  async accessible(page, name) {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      const serious = violations.filter((one) => one.impact === "serious" || one.impact === "critical");
      const told = serious.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 4).join("\n    ")}`);
      assert.equal(told.join("\n"), "", `${name}, ${colorScheme}`);
    }
    await page.emulateMedia({ colorScheme: null });
  }

  async end() {
    this.wire.close();
    await this.browser.close();
    assert.deepEqual(this.wrong, []);
  }
}

/** Waits until something is true. */
export async function until(what, check, ms = 30_000) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await check();
    if (found) return found;
    assert.ok(Date.now() < end, `not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const step = (text) => console.log(`- ${text}`);
