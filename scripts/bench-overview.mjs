#!/usr/bin/env node
// The overview of 1,000 creators with 4 goals each: processor time per request and requests per second, compared with the
// first-run page of the same server in the same run, and the bytes of the page and of the wasm. Several binaries are
// measured in turn.
// Usage: node scripts/bench-overview.mjs [BINARY...]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { serve } from "./serve.mjs";

const root = join(import.meta.dirname, "..");
const named = process.argv.slice(2).map((binary) => resolve(binary));
const binaries = named.length ? named : [join(root, "target/release/creator-goals")];
const AT_ONCE = 16;
const ROUNDS = 5;
/** The number of requests for each page in each round. */
const REQUESTS = 200;
/** Ticks of the processor clock per second: USER_HZ, which Linux fixes for programs. */
const TICKS = 100;
const folder = mkdtempSync(join(tmpdir(), "creator-goals-bench-"));
const clock = "2026-08-19T12:00:00Z";
const common = ["--database", `sqlite:${folder}/bench.db`, "--clock", clock];
const run = (...args) => execFileSync(binaries[0], [...args, ...common], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const rows = ["video_id,username,published_at,captured_at,view_count,like_count,comment_count,share_count"];
const followers = ["username,captured_at,follower_count"];
for (let creator = 0; creator < 1000; creator++) {
  for (let day = 1; day <= 19; day++) {
    const date = `2026-08-${String(day).padStart(2, "0")}`;
    followers.push(`creator.${creator},${date}T10:00:00Z,${1000 + creator + day * (creator % 60)}`);
    if ((creator + day) % 3 === 0) {
      const views = (creator * 37 + day * 101) % 5000;
      rows.push(`${creator}${date.replaceAll("-", "")},creator.${creator},${date}T08:00:00Z,${date}T11:00:00Z,${views},${views >> 4},${views >> 7},${views >> 8}`);
    }
  }
}
writeFileSync(join(folder, "posts.csv"), rows.join("\n"));
writeFileSync(join(folder, "followers.csv"), followers.join("\n"));
run("import", "--project", "Bench", "--create", join(folder, "posts.csv"), join(folder, "followers.csv"));
for (const [metric, period, target] of [["posts", "weekly", 3], ["views", "weekly", 6000], ["engagement", "monthly", 2000], ["followers", "monthly", 900]]) {
  run("goal", "add", "--project", "Bench", "--metric", metric, "--period", period, "--target", String(target), "--start-date", "2026-07-01");
}
const project = run("project", "list").split(" ")[0];

const servers = [];
for (const [place, binary] of binaries.entries()) {
  // A folder of uploads belongs to one server.
  const uploads = join(folder, `uploads-${place}`);
  servers.push({ binary, ...(await serve(binary, ...common, "--uploads", uploads)) });
}
const pages = { overview: `/projects/${project}`, "first-run page": "/welcome" };

/** The processor time that a process has used, in milliseconds. */
function used(process) {
  const [, rest] = readFileSync(`/proc/${process.pid}/stat`, "utf8").split(") ");
  const [user, system] = rest.split(" ").slice(11, 13).map(Number);
  return (user + system) * (1000 / TICKS);
}

/** Requests a page `count` times, `AT_ONCE` at a time. */
async function load({ server, address }, path, count) {
  const times = [];
  let [left, body] = [count, ""];
  const [begun, before] = [performance.now(), used(server)];
  const client = async () => {
    while (left-- > 0) {
      const start = performance.now();
      body = await (await fetch(address + path, { headers: { "accept-encoding": "identity" } })).text();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return { times, seconds: (performance.now() - begun) / 1000, cpu: used(server) - before, bytes: Buffer.from(body) };
}

const totals = new Map();
for (let round = 0; round < ROUNDS; round++) {
  // In turn, so that whatever slows the machine down for a while affects all of them.
  for (const one of servers) {
    for (const [page, path] of Object.entries(pages)) {
      await load(one, path, round ? 0 : AT_ONCE * 2);
      const run = await load(one, path, REQUESTS);
      const total = totals.get(page + one.binary) ?? { times: [], seconds: 0, cpu: 0 };
      total.times.push(...run.times);
      totals.set(page + one.binary, { times: total.times, seconds: total.seconds + run.seconds, cpu: total.cpu + run.cpu, bytes: run.bytes });
    }
  }
}
console.log(`1,000 creators, 4,000 goals; ${AT_ONCE} requests at a time, from the same machine`);
for (const [page] of Object.entries(pages)) {
  for (const { binary, server } of servers) {
    const { times, seconds, cpu, bytes } = totals.get(page + binary);
    times.sort((left, right) => left - right);
    const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
    const memory = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1];
    console.log(
      `${page}, ${relative(root, binary)} (${(statSync(binary).size / 1e6).toFixed(0)} MB): ` +
        `${(times.length / seconds).toFixed(0)} requests/s, ${(cpu / times.length).toFixed(2)} ms CPU a request, ` +
        `median ${at(0.5)} ms, p99 ${at(0.99)} ms, peak memory ${(memory / 1024).toFixed(0)} MiB, ` +
        `page ${bytes.length} bytes, ${brotliCompressSync(bytes).length} as brotli 11`,
    );
  }
}
for (const { binary } of servers) {
  const [overview, baseline] = Object.keys(pages).map((page) => totals.get(page + binary).cpu);
  console.log(`${relative(root, binary)}: the overview takes ${(overview / baseline).toFixed(1)} times the CPU of the first-run page`);
}
const wasm = join(root, "target/site/pkg/creator-goals_bg.wasm");
console.log(`wasm: ${statSync(wasm).size} bytes, ${statSync(`${wasm}.br`).size} as brotli`);
for (const { server } of servers) server.kill();
rmSync(folder, { recursive: true });
