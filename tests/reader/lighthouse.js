// Judges pages with Lighthouse as on a phone: node lighthouse.js PORT RUNS ADDRESS ... -> a line of JSON for each run.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [port, runs, ...addresses] = process.argv.slice(2);
const found = createRequire(`${process.cwd()}/`).resolve("lighthouse");
const { default: lighthouse } = await import(pathToFileURL(found));

// Lighthouse slows the processor four times, which makes a fast computer a phone; a slower one, by the index that it measures, less.
const FAST = 1500;
const options = { port: Number(port), output: "json", logLevel: "error" };
const first = await lighthouse(addresses[0], options);
const cpuSlowdownMultiplier = Math.min(4, Math.max(1, (4 * first.lhr.environment.benchmarkIndex) / FAST));
const throttling = { ...first.lhr.configSettings.throttling, cpuSlowdownMultiplier };

for (let run = 0; run < Number(runs); run++) {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, { ...options, throttling });
    const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
    const audits = Object.values(lhr.audits);
    console.log(
      JSON.stringify({
        address,
        scores,
        times: Object.fromEntries(audits.map(({ id, numericValue }) => [id, numericValue])),
        failed: audits.filter(({ score, scoreDisplayMode: mode }) => mode === "binary" && score < 1).map(({ id }) => id),
        unknown: (lhr.audits["robots-txt"].details?.items ?? []).map(({ line, message }) => `${line.split(":")[0]}: ${message}`),
        errors: audits.filter(({ scoreDisplayMode: mode }) => mode === "error").map(({ id }) => id),
      }),
    );
  }
}
