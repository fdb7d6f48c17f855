// Makes the page's client from the documents of the interface:
//   docent openapi  | node scripts/api.mjs openapi     src/api/openapi.ts
//   docent asyncapi | node scripts/api.mjs asyncapi    src/api/asyncapi.ts
// With --check nothing is written, and it fails when the file is not what would be written.
import { readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import openapi, { astToString } from "openapi-typescript";

const kind = process.argv[2];
const makers = { openapi: fromOpenApi, asyncapi: fromAsyncApi };
const target = new URL(`../src/api/${kind}.ts`, import.meta.url);
const document = JSON.parse(await text(process.stdin));
const made = `// Made by \`make api\` from the interface's own description: change that, not this.\n${await makers[kind](document)}`;
if (!process.argv.includes("--check")) {
  writeFileSync(target, made);
} else if (readFileSync(target, "utf8") !== made) {
  console.error(`web/src/api/${kind}.ts is not up to date: run \`make api\``);
  process.exit(1);
}

async function fromOpenApi(document) {
  return astToString(await openapi(document));
}

/** The schemas of the namespace that the page uses, and a map from each event to its payload, for either side. */
async function fromAsyncApi({ channels, components }) {
  const { messages } = Object.values(channels).find((channel) => channel.address === "/");
  const used = new Map();
  for (const key of Object.keys(messages)) {
    const { name, payload } = components.messages[key];
    used.set(key, { name, schema: payload.$ref.split("/").pop() });
  }
  const schemas = reachable(components.schemas, [...used.values()].map((one) => one.schema));
  const types = await openapi({ openapi: "3.1.0", info: { title: "", version: "" }, paths: {}, components: { schemas } });
  const events = (from) =>
    [...used]
      .filter(([key]) => key.startsWith(`${from}.`))
      .map(([, { name, schema }]) => `    ${JSON.stringify(name)}: components["schemas"]["${schema}"];\n`)
      .sort()
      .join("");
  return `${astToString(types)}export interface FromClient {\n${events("client")}}\nexport interface FromServer {\n${events("server")}}\n`;
}

/** The schemas with these names, and those they refer to. */
function reachable(all, names) {
  const found = {};
  const waiting = [...names];
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (name in found) continue;
    found[name] = all[name];
    for (const [, other] of JSON.stringify(all[name]).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) waiting.push(other);
  }
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}
