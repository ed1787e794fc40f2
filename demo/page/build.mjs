// Builds dist/ from src/. The same sources and the same package-lock.json give the same bytes.
import { build, context } from "esbuild";
import { cp, mkdir, rm } from "node:fs/promises";

const options = {
  entryPoints: ["src/app.tsx", "src/app.css"],
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome114", "firefox125", "safari17"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
};

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
await cp("src/index.html", "dist/index.html");
await cp("src/icon.svg", "dist/icon.svg");
await cp("node_modules/preact/LICENSE", "dist/preact-license.txt"); // which its licence asks for
if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  await build(options);
}
