// Bundles the browser's scripts and styles into wwwroot/build, where the static web assets of the library begin.
import { build } from "esbuild";

await build({
  entryPoints: { dashboard: "Scripts/dashboard.ts", styles: "Styles/styles.css" },
  outdir: "wwwroot/build",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome110", "firefox115", "safari16.4"],
  legalComments: "linked",
  logLevel: "warning",
});
