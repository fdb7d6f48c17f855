// The test pages in a real browser, one after the other: what is clicked, and what then stands in the log.
//
//   pages.mjs ADDRESS SESSION      writes one object of JSON

import { chromium } from "playwright-core";

const [address, session] = process.argv.slice(2);
const HOSTILE = '<img src=x onerror="document.title=1"><b>bold</b>';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

/** Opens a page, lets `act` use it, and tells what came of it. */
async function tried(path, act) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("favicon")) complaints.push(message.text());
  });
  const foreign = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith(address.replace("http", "ws"))) {
      foreign.push(request.url());
    }
  });
  await page.goto(address + path);
  const said = (name) => page.locator("#log b", { hasText: name }).first().waitFor({ timeout: 20_000 });
  await act(page, said);
  const log = await page.locator("#log li").evaluateAll((lines) =>
    lines.map((line) => ({
      head: line.querySelector("b").textContent.replace(/^\S+ /, ""),
      text: line.querySelector("pre").textContent,
    })),
  );
  const markup = await page.locator("#log img, #log pre b").count();
  const inlineRuns = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return window.ran === true;
  });
  // The last complaint is about the script that was just tried.
  const title = await page.title();
  await context.close();
  return { log, markup, inlineRuns, title, foreign, complaints: complaints.filter((one) => !one.includes("inline")) };
}

const conversations = await tried("/static/socketio_test.html", async (page, said) => {
  await page.fill("#username", "owner");
  await page.fill("#password", "of no importance");
  await page.selectOption("#transport", "both");
  await page.click("#connect");
  await said("heard connected");
  await page.fill("#conversation", HOSTILE);
  await page.click("#join");
  await said("heard joined_conversation");
  await page.fill("#message", `What do kestrels eat? ${HOSTILE}`);
  await page.click("#send");
  await said("heard conversation");
  await page.click("#leave");
  await said("heard left_conversation");
  await page.click("#emit");
  await said("heard pong");
  await page.click("#disconnect");
  await said("heard (disconnect)");
});

const sessions = await tried("/static/socketio_ai_test.html", async (page, said) => {
  await page.fill("#session", session);
  await page.click("#connect");
  await said("heard connected");
  await page.fill("#message", `What do kestrels eat? ${HOSTILE}`);
  await page.click("#send");
  await said("heard ai_response");
  await page.click("#disconnect");
  await said("heard (disconnect)");
  await page.click("#clear");
  await page.selectOption("#transport", "native");
  await page.click("#connect");
  await said("heard system");
  await page.click("#send");
  await said("heard ai_response");
});

await browser.close();
process.stdout.write(JSON.stringify({ conversations, sessions }));
