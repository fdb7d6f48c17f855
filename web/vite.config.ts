import { cpSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** What pdf.js asks for by name while it reads a file: character maps, the fonts that files may leave out, and decoders. */
function pdfResources(): Plugin {
  return {
    name: "pdf-resources",
    apply: "build",
    writeBundle({ dir }) {
      // The version stands in the address, so that browsers may keep them for ever.
      const { version } = JSON.parse(readFileSync("node_modules/pdfjs-dist/package.json", "utf8"));
      const target = `${dir}/assets/pdf-${version}`;
      for (const folder of ["cmaps", "standard_fonts", "wasm"]) {
        cpSync(`node_modules/pdfjs-dist/${folder}`, `${target}/${folder}`, { recursive: true });
      }
    },
  };
}

// A server to try the page against while it is being written: DOCENT_URL=http://127.0.0.1:8000 npm run dev
const server = process.env.DOCENT_URL ?? "http://127.0.0.1:8000";
const proxy = Object.fromEntries(
  ["/api", "/socket.io", "/docs", "/readyz"].map((path) => [path, { target: server, ws: path === "/socket.io" }]),
);

export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  plugins: [pdfResources()],
  build: {
    outDir: "dist/page",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    // A file inlined as `data:` is refused by the page's policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy },
  preview: { proxy },
});
