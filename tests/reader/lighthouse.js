// Judges pages with Lighthouse as on a phone: node lighthouse.js PORT RUNS ADDRESS ... -> a line of JSON for each run.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [port, runs, ...addresses] = process.argv.slice(2);
const found = createRequire(`${process.cwd()}/`).resolve("lighthouse");
const { default: lighthouse } = await import(pathToFileURL(found));

for (let run = 0; run < Number(runs); run++) {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, { port: Number(port), output: "json", logLevel: "error" });
    const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
    const audits = Object.values(lhr.audits);
    console.log(
      JSON.stringify({
        address,
        scores,
        times: Object.fromEntries(audits.map(({ id, numericValue }) => [id, numericValue])),
        failed: audits.filter(({ score, scoreDisplayMode: mode }) => mode === "binary" && score < 1).map(({ id }) => id),
        errors: audits.filter(({ scoreDisplayMode: mode }) => mode === "error").map(({ id }) => id),
      }),
    );
  }
}
