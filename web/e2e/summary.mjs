// Chosen documents are summed up by a model that reads slowly: how far it is can be seen, and what comes of it leads to
// the passages. The model answers as many parts as it is let through.
import assert from "node:assert/strict";
import { Trip, settings, step, until } from "./harness.mjs";

const trip = await Trip.start();
const page = await trip.person();
const answer = () => page.locator(".answer").last();

try {
  await prepares();
  await chooses();
  await waits();
  await readsIt();
  await asksAgain();
} catch (error) {
  await trip.picture(page, "failed");
  throw error;
}
await trip.end();

function letThrough(parts) {
  return page.request.post(`${settings.model}/let-through`, { data: String(parts), headers: { "content-type": "text/plain" } });
}

/** Sections of about 250 words, each with a sentence of its own. */
function book(place, sections) {
  const filler = "The water stood high and the reeds were cut late in that season. ".repeat(18);
  const section = (n) => `## Section ${n}\n\nIn ${place} exactly ${100 + n} herons were ringed in year ${n}. ${filler}\n\n`;
  return `# ${place}\n\n${Array.from({ length: sections }, (_, n) => section(n)).join("")}`;
}

async function prepares() {
  step("three long documents are read");
  const made = await page.request.post("/api/projects", { data: { name: "Marshes" } });
  const { id } = await made.json();
  for (const place of ["Elbmarsch", "Oderbruch", "Spreewald"]) {
    const file = { name: `${place}.md`, mimeType: "text/markdown", buffer: Buffer.from(book(place, 16)) };
    await page.request.post(`/api/projects/${id}/documents?wait=60`, { multipart: { file } });
  }
  await page.goto(`/projects/${id}/chats`);
  await page.getByLabel("Your question").waitFor();
  await page.locator(".example").first().waitFor();
  await trip.picture(page, "01-start");
  await trip.accessible(page, "a new chat");
}

async function chooses() {
  step("two of them are chosen");
  await page.getByRole("button", { name: "Add documents or files" }).click();
  await page.getByRole("menuitem", { name: "Choose documents" }).click();
  await page.getByRole("checkbox", { name: "Elbmarsch.md" }).check();
  await page.getByRole("checkbox", { name: "Spreewald.md" }).check();
  await trip.picture(page, "02-choice");
  await trip.accessible(page, "the choice of documents");
  await page.getByRole("button", { name: "Done" }).click();
  assert.equal(await page.locator(".subject").count(), 2);
  await trip.picture(page, "03-chosen");
}

async function waits() {
  step("how far the model is can be seen, and it does not go back");
  await page.getByLabel("Your question").fill("Summarise these");
  await page.keyboard.press("Enter");
  await page.getByText(/Reading document 1 of 2: Spreewald.md, part \d of \d/).waitFor();
  await page.getByText("About Elbmarsch.md, Spreewald.md").waitFor();
  await trip.picture(page, "04-reading");
  await trip.accessible(page, "a summary under way");
  const bar = () => answer().getByRole("progressbar").getAttribute("value").then(Number);
  const first = await bar();
  const second = page.getByText(/Reading document 2 of 2: Elbmarsch.md, part \d of \d/);
  await until("the second document is read", async () => {
    await letThrough(1);
    return second.isVisible();
  });
  assert.ok((await bar()) > first, "the bar goes on");
  await trip.picture(page, "05-further");
  await page.reload();
  await page.getByText(/Reading document 2 of 2: Elbmarsch.md/).waitFor();
  await letThrough(100);
}

async function readsIt() {
  step("the summary leads to its passages");
  await until("it is written", async () => (await answer().getAttribute("class")).includes("completed"));
  assert.equal(await answer().getByRole("progressbar").count(), 0);
  assert.match(await answer().innerText(), /In Spreewald exactly[\s\S]*In Elbmarsch exactly/);
  assert.ok(!(await answer().innerText()).includes("Oderbruch"));
  await trip.picture(page, "06-summary");
  await trip.accessible(page, "a summary");
  await answer().locator(".cite").first().click();
  await page.getByRole("complementary", { name: "Sources" }).waitFor();
  await trip.picture(page, "07-source");
  await page.getByRole("complementary").getByRole("button", { name: "Close" }).click();
}

async function asksAgain() {
  step("all documents, of which one was not read before");
  await page.getByLabel("Your question").fill("Summarise all documents");
  await page.keyboard.press("Enter");
  await until("it is written", async () => (await page.locator(".answer.completed").count()) === 2);
  await page.setViewportSize({ width: 390, height: 780 });
  await page.emulateMedia({ colorScheme: "dark" });
  await until("the sidebar has gone", async () => !(await page.locator(".sidebar").isVisible()) || (await page.locator(".sidebar").boundingBox()).x <= -200);
  await trip.picture(page, "08-phone");
}
