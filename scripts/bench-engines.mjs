#!/usr/bin/env node
// Measures both engines side by side: importing the files of stelive_2026, and how soon the facts that one of three servers on
// one PostgreSQL accepts appear in the event streams of the other two. Usage, after a release build:
//   POSTGRES_CLOCK=+0 POSTGRES_OPTIONS="-c fsync=on" scripts/with-postgres.sh node scripts/bench-engines.mjs FOLDER
// FOLDER holds streams_posts.csv, followers.csv and streams_snapshots.csv.gz; without it only the events are measured.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { serve } from "./serve.mjs";

const files = process.argv[2];
const root = join(import.meta.dirname, "..");
const binary = process.env.CREATOR_GOALS_BINARY ?? join(root, "target/release/creator-goals");
const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), "creator-goals-engines-"));
const postgres = process.env.TEST_POSTGRES_URL;
if (!postgres) throw new Error("no PostgreSQL: run this by scripts/with-postgres.sh");
const psql = (statement) => execFileSync("psql", [postgres, "--quiet", "--tuples-only", "--command", statement], { encoding: "utf8" });
const database = (name) => {
  psql(`CREATE DATABASE ${name}`);
  return postgres.replace(/\/postgres$/, `/${name}`);
};
const run = (url, ...args) => execFileSync(binary, [...args, "--database", url], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];

function imports() {
  const engines = { SQLite: `sqlite:${folder}/stelive.db`, PostgreSQL: database("stelive") };
  const names = ["streams_posts.csv", "followers.csv", "streams_snapshots.csv.gz"].map((name) => join(files, name));
  const maps = ["--map", "video_no=post_id", "--map", "member_id=creator"];
  const evaluated = {};
  for (const [engine, url] of Object.entries(engines)) {
    for (const round of ["first", "again"]) {
      const begun = performance.now();
      const said = run(url, "import", "--project", "Stelive", ...(round === "first" ? ["--create", "--time-zone", "Asia/Seoul"] : []), ...maps, ...names);
      const seconds = (performance.now() - begun) / 1000;
      const facts = [...said.matchAll(/(\d+) (?:accepted|duplicates)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
      console.log(`import  ${engine.padEnd(10)} ${round.padEnd(5)} ${seconds.toFixed(2).padStart(7)} s  ${Math.round(facts / seconds).toLocaleString("en").padStart(8)} facts/s`);
    }
    run(url, "goal", "add", "--project", "Stelive", "--metric", "views", "--period", "weekly", "--target", "3000", "--start-date", "2026-01-01");
    const of = JSON.parse(run(url, "evaluate", "--project", "Stelive", "--json", "--clock", "2026-05-20T06:00:00Z"));
    evaluated[engine] = JSON.stringify(of, (key, value) => (/_id$|^id$/.test(key) ? undefined : value));
    console.log(`verify  ${engine.padEnd(10)} ${run(url, "verify", "--project", "Stelive").trim()}`);
  }
  console.log(`judged  ${evaluated.SQLite === evaluated.PostgreSQL ? "both engines say the same of every creator" : "THE ENGINES DIFFER"}`);
  const begun = performance.now();
  const copied = execFileSync(binary, ["copy", "--from", engines.SQLite, "--to", database("copied")], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  console.log(`copy    SQLite to PostgreSQL ${((performance.now() - begun) / 1000).toFixed(2)} s: ${copied.trim().split("\n").at(-1)}`);
}

const servers = [];
async function started(url) {
  const uploads = join(folder, `uploads-${servers.length}`);
  const { server, address } = await serve(binary, "--uploads", uploads, "--database", url);
  servers.push(server);
  return new URL(address);
}

async function events() {
  const url = database("events");
  run(url, "project", "create", "Summer");
  const key = run(url, "key", "create", "--name", "bench", "--write").trim();
  const project = run(url, "project", "list").split(" ")[0];
  const addresses = [];
  for (let place = 0; place < 3; place += 1) addresses.push(await started(url));
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const ask = (address, method, path, body) => new Promise((resolve, reject) => {
    const request = http.request({ host: address.hostname, port: address.port, method, path: `/api/v1/projects/${project}${path}`, headers }, (answer) => {
      let said = "";
      answer.setEncoding("utf8").on("data", (chunk) => (said += chunk)).on("end", () => (answer.statusCode < 300 ? resolve(JSON.parse(said)) : reject(new Error(said))));
    });
    request.on("error", reject).end(body);
  });
  const creators = 50;
  for (let number = 0; number < creators; number += 1) await ask(addresses[0], "POST", "/creators", JSON.stringify({ tiktok_handle: `creator.${number}` }));
  run(url, "goal", "add", "--project", "Summer", "--metric", "followers", "--period", "weekly", "--target", "1000000");
  const minute = (count) => new Date(Date.now() - 3_600_000 + count * 1000).toISOString();

  // The other two listen. Each fact changes one creator; the delay is from its acknowledgement to its event.
  const told = [new Map(), new Map()];
  const streams = addresses.slice(1).map((address, place) => new Promise((resolve, reject) => {
    http.get({ host: address.hostname, port: address.port, path: `/api/v1/projects/${project}/events`, headers }, (answer) => {
      resolve(answer);
      let unread = "";
      answer.setEncoding("utf8").on("data", (chunk) => {
        unread += chunk;
        for (let end; (end = unread.indexOf("\n\n")) >= 0; unread = unread.slice(end + 2)) {
          const handle = /"tiktok_handle":"([^"]+)"/.exec(unread.slice(0, end))?.[1];
          if (handle) told[place].get(handle)?.(performance.now());
        }
      });
    }).on("error", reject);
  }));
  const open = await Promise.all(streams);
  for (let number = 0; number < creators; number += 1) await ask(addresses[0], "POST", "/stats", JSON.stringify([{ type: "creator_stats", tiktok_handle: `creator.${number}`, captured_at: minute(0), follower_count: 100 }]));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const delays = [];
  for (let count = 1; count <= 300; count += 1) {
    const handle = `creator.${count % creators}`;
    const heard = told.map((waiting) => new Promise((resolve) => waiting.set(handle, resolve)));
    await ask(addresses[0], "POST", "/stats", JSON.stringify([{ type: "creator_stats", tiktok_handle: handle, captured_at: minute(count), follower_count: 100 + count }]));
    const stored = performance.now();
    for (const at of await Promise.all(heard)) delays.push(Math.max(0, at - stored));
    // Varied, so as not to be in step with the servers' own intervals.
    await new Promise((resolve) => setTimeout(resolve, (count * 37) % 190));
  }
  open.forEach((answer) => answer.destroy());
  delays.sort((left, right) => left - right);
  const [p50, p99, most] = [0.5, 0.99, 1].map((q) => quantile(delays, q).toFixed(0));
  console.log(`events  from one server to two others, ${delays.length} of them: p50 ${p50} ms, p99 ${p99} ms, longest ${most} ms`);
}

try {
  console.log(psql("SHOW server_version").trim() + ", fsync " + psql("SHOW fsync").trim());
  if (files) imports();
  await events();
} finally {
  servers.forEach((server) => server.kill());
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
