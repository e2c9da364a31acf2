// Watches the sources; after a change builds what it concerns, then restarts the server. An open page notices the
// restart (server/src/dev.rs) and reloads itself.
import { spawn } from "node:child_process";
import { watch } from "node:fs";

const forBrowser = /^(app|frontend|style|Cargo)/;
const forServer = /^(app|server|migrations|Cargo)/;
let server;

/** Runs a command to its end; true if it succeeded. */
const run = (command, ...args) =>
  new Promise((done) => spawn(command, args, { stdio: "inherit" }).on("exit", (code) => done(code === 0)));

function restart() {
  const start = () => {
    server = spawn(
      "target/debug/creator-goals",
      ["serve", "--demo", "--site", "target/site-dev", ...process.argv.slice(2)],
      { stdio: "inherit", env: { ...process.env, CREATOR_GOALS_DEV: "1" } },
    );
  };
  if (!server || server.exitCode !== null) return start();
  server.once("exit", start);
  server.kill("SIGKILL"); // open pages hold a request that never ends, so a graceful stop would wait for ever
}

let changed = new Set(["app/", "server/"]);
let building = false;
// On a terminal cargo shows its progress.
const quiet = process.stderr.isTTY ? [] : ["--quiet"];

async function build() {
  if (building || changed.size === 0) return;
  building = true;
  const paths = [...changed];
  changed = new Set();
  const started = Date.now();
  const built =
    (!paths.some((path) => forBrowser.test(path)) || (await run("scripts/build-frontend.sh", "--dev"))) &&
    (!paths.some((path) => forServer.test(path)) || (await run("cargo", "build", ...quiet, "-p", "server")));
  building = false;
  if (changed.size > 0) return build(); // changed again meanwhile
  if (built) {
    console.error(`dev: built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    restart();
  } else {
    console.error("dev: mend the error above; the page stays as it was");
  }
}

let soon;
const note = (path) => {
  changed.add(path);
  clearTimeout(soon);
  soon = setTimeout(build, 100);
};
for (const directory of ["app", "frontend", "server", "style", "migrations"]) {
  watch(directory, { recursive: true }, (_, name) => note(`${directory}/${name}`));
}
watch(".", (_, name) => /^Cargo\.(toml|lock)$/.test(name) && note(name));
for (const event of ["SIGINT", "SIGTERM"]) {
  process.on(event, () => {
    server?.kill("SIGKILL");
    process.exit();
  });
}
build();
