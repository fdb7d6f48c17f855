// The round trip of a person: in, upload, watch, ask, look at a source, stop, reload, lose the line, and mend what failed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Trip, settings, step, until } from "./harness.mjs";

const WORDS = 150;
const WHOLE = Array.from({ length: WORDS }, (_, n) => `word${n}`).join(" ");
const FILES = ["birds.pdf", "kestrel.md", "notes.docx", "numbers.xlsx", "slides.pptx"];

const trip = await Trip.start();
const page = await trip.person();
const lastAnswer = () => page.locator(".answer").last();
const lastText = async () => (await lastAnswer().locator(".markdown").innerText()).trim().replace(/\s+/g, " ");

try {
  await arrive();
  await uploads();
  await mendsWhatFailed();
  await stopsWhatRuns();
  await goesBackToAnOlderVersion();
  await asks();
  await worksByKeyboard();
  await stops();
  await reloads();
  await losesTheLine();
  if (settings.code) await isTogether();
  await looksAround();
  await onAPhone();
} catch (error) {
  await trip.picture(page, "failed");
  throw error;
}
await trip.end();

async function arrive() {
  step("the first load is small");
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("h1")) return;
      globalThis.interactive ??= performance.now();
      observer.disconnect();
    }).observe(document, { subtree: true, childList: true });
  });
  await page.goto("/");
  await page.locator("h1").waitFor();
  const interactive = await page.evaluate(() => globalThis.interactive);
  if (settings.code) await signsIn();
  else await page.getByRole("heading", { name: "Projects" }).waitFor();
  console.log(`  ${bytes} bytes, interactive after ${Math.round(interactive)} ms`);
  assert.ok(bytes < 300_000, `${bytes} bytes`);
  await trip.picture(page, "01-projects");
  await trip.accessible(page, "projects");

  step("a new project tells what to do");
  await page.getByRole("button", { name: "New project" }).click();
  await page.getByLabel("Name").fill("Birds & bats");
  await page.getByLabel("What is it about?").fill("What the society knows about the birds of the old town.");
  await page.getByRole("dialog").getByRole("button", { name: "New project" }).click();
  await page.getByText("Drop files or folders here").waitFor();
  await page.getByText("Connected", { exact: true }).waitFor();
  await trip.picture(page, "02-empty");
  await trip.accessible(page, "an empty project");
}

async function signsIn() {
  step("the first account is set up, signs out and in again");
  await page.getByRole("link", { name: /first account/ }).click();
  await page.getByLabel("One-time code").fill(settings.code);
  await page.getByLabel("User name").fill("ann");
  await page.getByLabel("Password").fill("correct horse battery");
  await trip.accessible(page, "setup");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("User name").fill("ann");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await trip.picture(page, "00-sign-in");
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Projects" }).waitFor();
  const cookies = await page.evaluate(() => document.cookie);
  assert.equal(cookies, "", "scripts cannot read the sign-in");
}

async function uploads() {
  step("five kinds of files, a long one, and one that is dropped");
  await page.evaluate(() => {
    globalThis.seen = new Set();
    const look = () => {
      globalThis.queued ||= /Place \d+ in the queue/.test(document.querySelector("#main")?.textContent ?? "");
      for (const bar of document.querySelectorAll(".document progress")) if (bar.value > 0 && bar.value < 100) globalThis.seen.add(bar.value);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const files = FILES.map((name) => join(settings.documents, name));
  await page.getByTestId("files").setInputFiles(files);
  const long = Array.from({ length: 9000 }, (_, n) => `Ring ${n} was read in the reeds of marsh ${n % 97}, at dawn.`).join("\n\n");
  await page.getByTestId("files").setInputFiles({ name: "long.txt", mimeType: "text/plain", buffer: Buffer.from(long) });
  await page.locator("#main > section").evaluate((area, text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.md"));
    for (const type of ["dragover", "drop"]) area.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, "# Owls\n\nThe barn owl hunts by ear, and hears a mouse under the snow.");
  await until("all files are there", async () => (await page.locator(".document").count()) === FILES.length + 2);
  // On a fast machine the queue may be empty again by now.
  await until("a place in the queue was shown", () => page.evaluate(() => globalThis.queued === true));
  await trip.picture(page, "03-progress");
  await until("all files came to rest", async () => (await page.locator(".document.pending, .document.processing").count()) === 0, 90_000);
  const seen = await page.evaluate(() => [...globalThis.seen]);
  assert.ok(seen.length > 0, "progress was seen");
  assert.equal(await page.locator(".document.failed").count(), 1, "the planned failure");
  await trip.picture(page, "04-one-failed");
  await trip.accessible(page, "documents");
}

async function mendsWhatFailed() {
  step("the failed job is retried by an operator");
  await page.getByRole("link", { name: "Operations" }).click();
  await page.getByRole("heading", { name: "Failures by reason" }).waitFor();
  await page.getByRole("button", { name: "Failed" }).click();
  await page.getByRole("checkbox", { name: /Select job/ }).check();
  await trip.picture(page, "05-operations");
  await trip.accessible(page, "operations");
  await page.getByRole("button", { name: "Retry 1" }).click();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await until("it is done", async () => (await page.locator("[data-job]", { hasText: "Read document" }).count()) === FILES.length + 2);
  await until("what failed is swept, and all stores agree", async () => {
    await page.getByRole("button", { name: "Check now" }).click();
    await page.getByText(/passages checked/).waitFor();
    return page.getByText("Database, files and index agree.").isVisible();
  });
  await page.goBack();
  await until("every document is ready", async () => (await page.locator(".document.completed").count()) === FILES.length + 2);
}

async function stopsWhatRuns() {
  step("an operator sees what a worker is doing, and stops it");
  const project = page.url().match(/projects\/(\d+)/)[1];
  const text = Array.from({ length: 90_000 }, (_, n) => `Ring ${n} was read again in the reeds of marsh ${n % 89}.`).join("\n\n");
  const file = { name: "endless.txt", mimeType: "text/plain", buffer: Buffer.from(text) };
  const sent = await page.request.post(`/api/projects/${project}/documents`, { multipart: { file } });
  const { document } = await sent.json();
  await page.getByRole("link", { name: "Operations" }).click();
  await page.locator(".doing li", { hasText: `document ${document.id}` }).waitFor();
  await page.getByRole("button", { name: "Running", exact: true }).click();
  await page.getByRole("checkbox", { name: /Select job/ }).check();
  await trip.picture(page, "05b-under-way");
  await page.getByRole("button", { name: "Cancel 1" }).click();
  await until("it has stopped", async () => (await (await page.request.get(`/api/documents/${document.id}`)).json()).status === "cancelled");
  await page.getByText("No jobs here.").waitFor();
  await page.request.delete(`/api/documents/${document.id}`);
  await page.goBack();
  await until("it is gone", async () => (await page.locator(".document").count()) === FILES.length + 2);
}

async function goesBackToAnOlderVersion() {
  step("a new version, and back to the one before");
  await page.getByRole("link", { name: "kestrel.md" }).click();
  await page.getByRole("tab", { name: "Versions" }).click();
  // The one that failed first was read twice.
  const first = Number(await page.locator("[data-version]").first().getAttribute("data-version"));
  const version = (number) => page.locator(`[data-version="${number}"]`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByText("Upload a new version").click();
  const old = readFileSync(join(settings.documents, "kestrel.md"));
  await (await chooser).setFiles({ name: "kestrel.md", mimeType: "text/markdown", buffer: Buffer.concat([old, Buffer.from("\n\nSome nest on towers.\n")]) });
  await version(first + 1).locator(".badge.completed").waitFor();
  await version(first).locator(".badge", { hasText: "Replaced" }).waitFor();
  await trip.picture(page, "05c-versions");
  await trip.accessible(page, "versions");
  const download = page.waitForEvent("download");
  await version(first).getByRole("link", { name: "Download" }).click();
  assert.deepEqual(readFileSync(await (await download).path()), old);
  await page.getByRole("button", { name: "Make it the newest" }).click();
  await version(first + 2).locator(".badge.completed").waitFor();
  await page.getByRole("tab", { name: "Text as read" }).click();
  await page.getByText("drops on what moves below").first().waitFor();
  assert.equal(await page.getByText("nest on towers").count(), 0);
  await page.getByRole("link", { name: "Documents" }).first().click();
}

async function asks() {
  step("an answer grows, and its citation leads into the page of the PDF");
  await page.getByRole("link", { name: "New chat" }).click();
  await trip.accessible(page, "a new chat");
  await ask("How much does the nest of the storks weigh?");
  await page.locator(".answer.completed .cite").first().waitFor();
  assert.match(await page.locator(".answer").innerText(), /about 800 kilograms/);
  assert.equal(await page.locator(".answer img, .answer script, .answer iframe").count(), 0);
  assert.equal(await page.getByRole("link", { name: /a picture/ }).innerText(), "a picture (pictures.example)");
  await page.locator(".answer .cite").first().click();
  await page.locator(".pdf-mark").first().waitFor();
  const panel = page.getByRole("complementary", { name: "Sources" });
  const facts = await panel.locator(".source-facts").first().innerText();
  assert.match(facts, /birds\.pdf[\s\S]*page 2[\s\S]*Score[\s\S]*%/);
  assert.equal(await page.locator(".pdf-place").innerText(), "2 of 4");
  const under = await page.evaluate(() => {
    const patch = document.querySelector(".pdf-mark").getBoundingClientRect();
    return document.elementsFromPoint(patch.left + patch.width / 2, patch.top + patch.height / 2).map((one) => one.textContent);
  });
  assert.ok(under.some((text) => /storks on the chimney/i.test(text) && text.length < 60), under.join(" | ").slice(0, 300));
  await trip.picture(page, "06-source");
  await trip.accessible(page, "a source");

  step("a text is shown as text, with its passage marked");
  await page.getByText("more sources, not cited").click();
  await page.getByRole("button", { name: /owls|kestrel|dropped/i }).locator("visible=true").last().click();
  // A passage over several paragraphs and cells has a mark in each.
  await page.locator("mark").first().waitFor();
  assert.ok((await page.locator("mark").allInnerTexts()).join(" ").length > 20);
  await panel.getByRole("button", { name: "Close" }).click();

  step("how the sources were found, what one thinks of the answer, and another one");
  await page.getByRole("button", { name: "How the sources were found" }).click();
  await until("the trace", async () => (await page.locator("dialog tbody tr").count()) > 2);
  await trip.picture(page, "07-trace");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Good answer" }).click();
  await page.getByText("Thank you for the feedback.").waitFor();
  const first = await lastAnswer().getAttribute("data-message");
  await page.getByRole("button", { name: "Answer again" }).click();
  await page.locator(`.answer.completed:not([data-message="${first}"])`).waitFor();
  assert.equal(await page.locator(".answer").count(), 1);
  assert.equal(await page.locator(".question").count(), 1);
}

async function worksByKeyboard() {
  step("by keyboard alone: over the menu, and to a source and back");
  await page.reload();
  await page.locator(".answer.completed .cite").first().waitFor();
  assert.equal(await page.getByRole("button", { name: "Good answer" }).count(), 1);
  await page.locator(".skip").focus();
  assert.ok((await page.locator(".skip").boundingBox()).y >= 0, "it is seen once it has the focus");
  await page.keyboard.press("Enter");
  await until("the content has the focus", () => page.evaluate(() => document.activeElement.id === "main"));
  const isCite = () => page.evaluate(() => document.activeElement.classList.contains("cite"));
  for (let n = 0; n < 20 && !(await isCite()); n += 1) await page.keyboard.press("Tab");
  assert.ok(await isCite(), "citations can be reached");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Sources" });
  await panel.waitFor();
  await until("Escape closes it", async () => {
    await page.keyboard.press("Escape");
    return (await panel.count()) === 0;
  });
}

async function ask(question) {
  await page.getByLabel("Your question").fill(question);
  await page.keyboard.press("Enter");
}

/** Until some words of the newest answer are there. */
async function writes(answers) {
  await until("the answer begins", async () => (await page.locator(".answer").count()) === answers && (await lastText()).includes("word5 "));
}

/** Not a word is missing, and none is there twice. */
async function isWhole() {
  await until("the answer ends", async () => (await lastAnswer().getAttribute("class")).includes("completed"));
  assert.equal(await lastText(), WHOLE);
}

async function stops() {
  step("an answer is stopped");
  await ask("How much does the nest of the storks weigh? Tell a long story");
  await writes(2);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped", { exact: true }).waitFor();
  assert.ok(WHOLE.startsWith(await lastText()));
  await trip.picture(page, "08-stopped");
}

async function reloads() {
  step("a reload in the middle loses nothing");
  await ask("How much does the nest of the storks weigh? Another long story");
  await writes(3);
  await page.reload();
  await until("the answer is there again", async () => (await page.locator(".answer").count()) === 3 && (await lastText()) !== "");
  assert.ok((await lastAnswer().getAttribute("class")).includes("streaming"), "it is still being written");
  await trip.picture(page, "09-reloaded");
  await isWhole();
}

async function losesTheLine() {
  step("a lost connection in the middle loses nothing");
  await ask("How much does the nest of the storks weigh? A long story once more");
  await writes(4);
  trip.wire.cut();
  await page.getByText("Connection lost, trying again…").first().waitFor();
  const before = await lastText();
  await trip.picture(page, "10-lost");
  await trip.accessible(page, "a lost connection");
  trip.wire.mend();
  await page.getByText("Connected", { exact: true }).waitFor();
  await isWhole();
  assert.ok(before.length < WHOLE.length);

  step("a question that is asked meanwhile is sent afterwards, once");
  trip.wire.cut();
  await page.getByText("Connection lost, trying again…").first().waitFor();
  await ask("How much does the nest of the storks weigh, again?");
  await page.getByText("Will be sent when the connection is back.").waitFor();
  trip.wire.mend();
  await until("its answer", async () => (await page.locator(".answer.completed").count()) === 4 && (await lastText()).includes("800"));
  await page.reload();
  await until("all is stored", async () => (await page.locator(".question").count()) === 5);
}

async function isTogether() {
  step("somebody else is let in, is seen, and is seen writing");
  const chat = page.url();
  await page.getByRole("link", { name: "Operations" }).click();
  await page.getByLabel("User name").fill("ben");
  await page.getByLabel("Password").fill("battery horse staple");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByText("The account ben exists now.").waitFor();
  await trip.accessible(page, "accounts");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("User name").fill("nobody");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByText("There is no such user").waitFor();
  await page.getByLabel("User name").fill("Ben");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByLabel("Role: ben").waitFor();
  await trip.accessible(page, "members");
  await page.goto(chat);
  const ben = await trip.person();
  await ben.goto(chat);
  await ben.getByLabel("User name").fill("ben");
  await ben.getByLabel("Password").fill("battery horse staple");
  await ben.getByRole("button", { name: "Sign in" }).click();
  await ben.locator(".answer").first().waitFor();
  await page.getByRole("img", { name: "ben" }).waitFor();
  await ben.getByLabel("Your question").pressSequentially("And owls?");
  await page.getByText("ben is writing…").waitFor();
  await trip.picture(page, "17-together");
  assert.equal(await ben.getByRole("link", { name: "Operations" }).count(), 0);
  await hasAnAccount(ben);
  await ben.context().close();
  await until("ben is gone", async () => (await page.getByRole("img", { name: "ben" }).count()) === 0);
}

async function hasAnAccount(ben) {
  step("everybody has keys and a password of their own");
  await ben.getByRole("link", { name: "ben" }).click();
  await ben.getByLabel("What is it for?").fill("laptop");
  await ben.getByRole("button", { name: "Make a key" }).click();
  const key = (await ben.locator(".fresh-key code").innerText()).trim();
  const asBen = await fetch(`${settings.url}/api/auth/me`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal((await asBen.json()).username, "ben");
  await trip.picture(ben, "18-account");
  await trip.accessible(ben, "an account");
  await ben.getByRole("button", { name: "Delete", exact: true }).click();
  await ben.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await ben.getByText("There are no keys.").waitFor();
  await ben.getByLabel("Current password").fill("battery horse staple");
  await ben.getByLabel("New password").fill("staple horse battery");
  await ben.getByRole("button", { name: "Change the password" }).click();
  await ben.getByText("The password is changed.").waitFor();
}

async function looksAround() {
  step("renaming and finding chats");
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByLabel("Title").fill("Nests and stories");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Nests and stories" }).waitFor();
  const chat = new URL(page.url()).pathname.split("/").pop();
  const exported = await page.request.get(`/api/chats/${chat}/export/markdown`);
  assert.match(await exported.text(), /# Nests and stories/);

  step("search with its trace");
  await page.getByRole("link", { name: "Search" }).click();
  await page.getByLabel("What are you looking for?").fill("What do kestrels eat?");
  await page.getByRole("button", { name: "Search" }).click();
  await page.locator(".result").first().waitFor();
  await page.getByText("How they were found").click();
  await trip.picture(page, "11-search");
  await trip.accessible(page, "search");

  step("the map, by keyboard");
  await page.getByRole("link", { name: "Map" }).click();
  await page.getByRole("img", { name: /passages in 7 documents/ }).waitFor();
  await trip.picture(page, "12-map");
  await page.getByRole("button", { name: /kestrel\.md/ }).press("Enter");
  await page.getByRole("button", { name: /^#0/ }).press("Enter");
  await page.locator("mark").first().waitFor();
  await trip.accessible(page, "the map");

  step("a document, its text and its original");
  await page.getByRole("link", { name: "Documents" }).click();
  await page.getByRole("link", { name: "birds.pdf" }).click();
  await page.getByRole("tab", { name: "Text as read" }).click();
  await page.getByText("One pair of white storks").waitFor();
  await page.getByRole("tab", { name: "View" }).click();
  await page.locator(".pdf-page[data-ready=true]").first().waitFor();
  await trip.picture(page, "13-document");
  await trip.accessible(page, "a document");

  step("a project goes out as a file and comes in as another one");
  await page.getByRole("link", { name: "Settings" }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the project" }).click();
  const archive = await saving;
  assert.match(archive.suggestedFilename(), /^Birds . bats\.zip$/);
  await page.goto("/");
  await page.getByTestId("archive").setInputFiles(await archive.path());
  await until("all its documents are there", async () => (await page.locator(".document.completed").count()) === FILES.length + 2, 90_000);
  await page.goBack();
  await page.getByRole("heading", { name: "Projects" }).waitFor();
  assert.equal(await page.locator(".card", { hasText: "Birds" }).count(), 2);
  await page.locator(".card", { hasText: "Birds" }).first().click();

  step("settings, in German and dark");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Language").selectOption("de");
  await page.getByLabel("Farben").selectOption("dark");
  await page.getByRole("heading", { name: "In Zahlen" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  await trip.picture(page, "14-german-dark");
  await trip.accessible(page, "settings");
  await page.reload();
  await page.getByRole("heading", { name: "Einstellungen" }).waitFor();
}

async function onAPhone() {
  step("on a phone");
  const storageState = await page.context().storageState();
  const phone = await trip.person({ viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2, storageState, locale: "en-GB" });
  await phone.goto(page.url().replace("/settings", "/chats"));
  await phone.getByRole("button", { name: "Menü" }).click();
  await phone.getByRole("link", { name: "Nests and stories" }).click();
  await phone.locator(".answer .cite").first().click();
  await phone.locator(".pdf-mark").first().waitFor();
  await trip.picture(phone, "15-phone");
  await trip.accessible(phone, "a source on a phone");
  await phone.getByRole("button", { name: "Schließen", exact: true }).locator("visible=true").first().click();
  await phone.getByRole("textbox", { name: "Ihre Frage" }).waitFor();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `nothing sticks out: ${wide}`);
  await trip.picture(phone, "16-phone-chat");
  await trip.accessible(phone, "a chat on a phone");

  step("nothing sticks out of any view on a phone");
  const project = phone.url().match(/projects\/(\d+)/)[1];
  const views = { documents: `/projects/${project}/documents`, map: `/projects/${project}/map`, settings: `/projects/${project}/settings`, operators: "/operators" };
  for (const [name, path] of Object.entries(views)) {
    await phone.goto(path);
    await phone.locator("h1").waitFor();
    await phone.waitForTimeout(600);
    await trip.picture(phone, `19-phone-${name}`);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${name}: ${wide}`);
    await trip.accessible(phone, `${name} on a phone`);
  }
}
