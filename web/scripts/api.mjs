// Makes src/api/openapi.ts from the OpenAPI document on standard input: `docent openapi | npm run api`.
// With --check it writes nothing, and fails when the file is not what would be written.
import { readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import openapi, { astToString } from "openapi-typescript";

const target = new URL("../src/api/openapi.ts", import.meta.url);
const document = JSON.parse(await text(process.stdin));
const made = `// Made by \`make api\` from the OpenAPI document: change that, not this.\n${astToString(await openapi(document))}`;
if (!process.argv.includes("--check")) {
  writeFileSync(target, made);
} else if (readFileSync(target, "utf8") !== made) {
  console.error("web/src/api/openapi.ts is not up to date: run `make api`");
  process.exit(1);
}
