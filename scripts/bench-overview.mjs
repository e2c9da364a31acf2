#!/usr/bin/env node
// The overview of 1,000 creators with 4 goals each: server time per request, against the first-run page of the same
// server in the same run, and the bytes of the page and of the wasm. Use: node scripts/bench-overview.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { serve } from "./serve.mjs";

const root = join(import.meta.dirname, "..");
const binary = join(root, "target/release/creator-goals");
const folder = mkdtempSync(join(tmpdir(), "creator-goals-bench-"));
const clock = "2026-08-19T12:00:00Z";
const common = ["--database", `sqlite:${folder}/bench.db`, "--clock", clock];
const run = (...args) => execFileSync(binary, [...args, ...common], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

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

const { server, address } = await serve(binary, ...common);

async function time(path, count) {
  const times = [];
  let body = "";
  for (let turn = 0; turn < count + 10; turn++) {
    const start = process.hrtime.bigint();
    const answer = await fetch(address + path, { headers: { "accept-encoding": "identity" } });
    body = await answer.text();
    if (turn >= 10) times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((left, right) => left - right);
  return { median: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)], body };
}

const overview = await time(`/projects/${project}`, 200);
const baseline = await time("/welcome", 200);
const ms = (value) => `${value.toFixed(2)} ms`;
console.log(`overview, 1,000 creators, 4,000 goals: median ${ms(overview.median)}, p99 ${ms(overview.p99)} a request`);
console.log(`first-run page, same server:           median ${ms(baseline.median)}, p99 ${ms(baseline.p99)}`);
console.log(`ratio of the medians: ${(overview.median / baseline.median).toFixed(1)}`);
console.log(`page: ${Buffer.byteLength(overview.body)} bytes, ${brotliCompressSync(overview.body).length} as brotli 11`);
const wasm = join(root, "target/site/pkg/creator-goals_bg.wasm");
console.log(`wasm: ${statSync(wasm).size} bytes, ${statSync(`${wasm}.br`).size} as brotli`);
server.kill();
rmSync(folder, { recursive: true });
