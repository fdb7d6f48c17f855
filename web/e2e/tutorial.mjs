// The way that docs/tutorial.md tells, with the model of a fresh installation: it works as it is told, and its pictures
// are taken here.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Trip, settings, step, until } from "./harness.mjs";

const trip = await Trip.start();
const page = await trip.person({ viewport: { width: 1120, height: 700 }, colorScheme: "light" });

try {
  await uploads();
  await asks();
  await searches();
  await looksAround();
  await onAPhone();
} catch (error) {
  await trip.picture(page, "failed");
  throw error;
}
await trip.end();

async function uploads() {
  step("a project with documents of every kind");
  await page.goto("/");
  await page.getByRole("button", { name: "New project" }).click();
  await page.getByLabel("Name").fill("Field guide");
  await page.getByLabel("What is it about?").fill("Birds of the old town, and how to look after them.");
  await page.getByRole("dialog").getByRole("button", { name: "New project" }).click();
  await page.getByText("Drop files or folders here").waitFor();
  const files = readdirSync(settings.documents).map((name) => join(settings.documents, name));
  await page.getByTestId("files").setInputFiles(files);
  await until("all are ready", async () => (await page.locator(".document.completed").count()) === files.length, 90_000);
  await page.mouse.move(0, 0);
  await trip.picture(page, "documents");
}

async function asks() {
  step("an answer, and where it stands");
  await page.getByRole("link", { name: "New chat" }).click();
  await page.getByLabel("Your question").fill("How much does the nest of the storks weigh?");
  await page.keyboard.press("Enter");
  await page.locator(".answer.completed .cite").first().click();
  await page.locator(".pdf-mark").first().waitFor();
  await page.locator(".pdf-page[data-ready=true]").waitFor();
  await page.mouse.move(0, 0);
  await trip.picture(page, "answer");
  assert.match(await page.locator(".answer").innerText(), /800 kilograms/);
  await page.getByRole("complementary").getByRole("button", { name: "Close" }).click();
  await page.getByLabel("Your question").fill("What is the capital of Australia?");
  await page.keyboard.press("Enter");
  await until("it says so", async () => (await page.locator(".answer.completed").count()) === 2);
  assert.equal(await page.locator(".answer").last().locator(".cite").count(), 0, "nothing is made up");
}

async function searches() {
  step("search, and how passages were found");
  await page.getByRole("link", { name: "Search" }).click();
  await page.getByLabel("What are you looking for?").fill("What do kestrels eat?");
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator(".result").first().waitFor();
  assert.match(await page.locator(".result").first().innerText(), /kestrel\.md/);
  await page.getByText("How they were found").click();
  await page.getByText("How they were found").scrollIntoViewIfNeeded();
  await page.locator(".trace-box").evaluate((box) => box.scrollIntoView({ block: "start" }));
  await trip.picture(page, "search");
}

async function looksAround() {
  step("the map, and the operations");
  await page.getByRole("link", { name: "Map" }).click();
  await page.getByRole("img", { name: /passages in/ }).waitFor();
  await page.waitForTimeout(300);
  await trip.picture(page, "map");
  await page.getByRole("link", { name: "Operations" }).click();
  await page.locator(".jobs tbody tr").first().waitFor();
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByText("Database, files and index agree.").waitFor();
  await page.locator("#main > section").evaluate((view) => view.scrollTo(0, 0));
  await page.locator("#main").evaluate((main) => main.scrollTo(0, 0));
  await trip.picture(page, "operations");
}

async function onAPhone() {
  step("on a phone, in the dark");
  const phone = await trip.person({ viewport: { width: 390, height: 700 }, isMobile: true, hasTouch: true, colorScheme: "dark" });
  await phone.goto("/");
  await phone.getByRole("link", { name: /Field guide/ }).click();
  await phone.getByRole("button", { name: "Menu" }).click();
  await phone.getByRole("link", { name: /How much does the nest/ }).click();
  await phone.locator(".answer.completed").first().waitFor();
  await phone.waitForTimeout(500);
  await trip.picture(phone, "phone");
}
