// Does on this machine what one of GitHub's actions does there, with what it keeps in the folder $FORGE:
// the repository server.git, caches/, artifacts/, attested, and live/.
import { execFileSync as run } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const forge = process.env.FORGE;
const given = name => process.env[`INPUT_${name.toUpperCase()}`] || "";
const lines = name => given(name).split("\n").map(line => line.trim()).filter(Boolean);
const caches = path.join(forge, "caches");
const artifact = name => path.join(forge, "artifacts", process.env.GITHUB_RUN_ID, name);
const copy = (from, to) => fs.cpSync(from, to, { recursive: true, verbatimSymlinks: true });
const tell = (file, line) => fs.appendFileSync(process.env[file], `${line}\n`);

function checkout() {
  const place = path.resolve(given("path") || ".");
  const git = (...words) => run("git", ["-C", place, ...words], { encoding: "utf8", stdio: "pipe" }).trim();
  const depth = given("fetch-depth") || "1";
  run("git", ["init", "--quiet", place]);
  git("remote", "add", "origin", `file://${forge}/server.git`);
  const wanted = given("ref") || (process.env.GITHUB_EVENT_NAME === "pull_request" ? "refs/pull/1/merge" : process.env.GITHUB_SHA);
  if (depth === "0") git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*");
  git("fetch", "--quiet", ...(depth === "0" ? [] : ["--depth", depth]), "origin", wanted);
  git("checkout", "--quiet", "--detach", "FETCH_HEAD");
}

function restore() {
  fs.mkdirSync(caches, { recursive: true });
  const age = name => fs.statSync(path.join(caches, name)).mtimeMs;
  const fits = name => [given("key"), ...lines("restore-keys")].some(prefix => name.startsWith(prefix));
  const newest = fs.readdirSync(caches).filter(fits).sort((a, b) => age(b) - age(a))[0];
  if (newest) copy(path.join(caches, newest), ".");
}

function save() {
  const kept = path.join(caches, given("key"));
  fs.mkdirSync(kept, { recursive: true });
  for (const each of lines("path")) if (fs.existsSync(each)) copy(each, path.join(kept, each));
}

function upload() {
  const kept = artifact(given("name"));
  fs.mkdirSync(kept, { recursive: true });
  for (const each of lines("path")) copy(each, path.join(kept, path.basename(each)));
  tell("GITHUB_OUTPUT", `artifact-url=https://forge.example/${given("name")}`);
}

function download() {
  copy(artifact(given("name")), ".");
}

const actions = {
  "actions/checkout": checkout,
  "actions/cache": restore,
  "actions/cache/restore": restore,
  "actions/cache/save": save,
  "actions/upload-artifact": upload,
  "forgejo/upload-artifact": upload,
  "actions/download-artifact": download,
  "forgejo/download-artifact": download,
  "actions/attest": () => run("sh", ["-c", `sha256sum < "$1" >> "$2"`, "sh", given("subject-path"), `${forge}/attested`]),
  "actions/deploy-pages": () => {
    if (fs.existsSync(`${forge}/down`)) throw new Error("the host is down");
    fs.mkdirSync(`${forge}/live`, { recursive: true });
    run("tar", ["-xf", path.join(artifact("github-pages"), "artifact.tar"), "-C", `${forge}/live`]);
    tell("GITHUB_OUTPUT", "page_url=https://riverbank.example/");
  },
};
