#!/usr/bin/env node
// Durable ingest through the API: facts per second at several request sizes and numbers of clients, compared with the
// fdatasync calls per second that this disk manages in the same run.
// Usage: node scripts/bench-ingest.mjs [seconds each]
import { execFileSync } from "node:child_process";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "./serve.mjs";

const seconds = Number(process.argv[2] ?? 4);
const root = join(import.meta.dirname, "..");
const binary = process.env.CREATOR_GOALS_BINARY ?? join(root, "target/release/creator-goals");
const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), "creator-goals-bench-"));
const common = ["--database", `sqlite:${folder}/bench.db`];
const run = (...args) => execFileSync(binary, [...args, ...common], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

const creators = 100;
const rows = ["username,captured_at,follower_count"];
for (let creator = 0; creator < creators; creator++) rows.push(`creator.${creator},2026-05-01T00:00:00Z,1000`);
writeFileSync(join(folder, "creators.csv"), rows.join("\n"));
run("import", "--project", "Bench", "--create", join(folder, "creators.csv"));
const project = run("project", "list").split(" ")[0];
const key = run("key", "create", "--name", "bench", "--write").trim();

const { server, ...at } = await serve(binary, ...common);
const address = new URL(at.address);

let next = 0;
/** Facts that are all new: each is for another creator or another second. */
function body(size) {
  const lines = [];
  for (let place = 0; place < size; place++, next++) {
    const captured_at = 1_777_600_000 + Math.floor(next / creators);
    lines.push(`{"type":"creator_stats","tiktok_handle":"creator.${next % creators}","captured_at":${captured_at},"follower_count":${1000 + (next % 977)}}`);
  }
  return lines.join("\n");
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
function send(text) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { agent, host: address.hostname, port: address.port, method: "POST", path: `/api/v1/projects/${project}/stats`, headers: { authorization: `Bearer ${key}`, "content-length": Buffer.byteLength(text) } },
      (answer) => {
        let said = "";
        answer.setEncoding("utf8").on("data", (chunk) => (said += chunk)).on("end", () => resolve(JSON.parse(said)));
      },
    );
    request.on("error", reject).end(text);
  });
}

function syncs() {
  const file = openSync(join(folder, "sync"), "w");
  const until = Date.now() + 2000;
  let count = 0;
  for (; Date.now() < until; count++) {
    writeSync(file, "x".repeat(4096));
    fdatasyncSync(file);
  }
  closeSync(file);
  return count / 2;
}

console.log(`fdatasync: ${Math.round(syncs())} a second`);
console.log("facts a request, clients: facts a second, requests a second, p50, p99 (until durable)");
let accepted = 0;
for (const size of [1, 100, 1000, 10000]) {
  for (const clients of [1, 16, 64]) {
    const times = [];
    const start = process.hrtime.bigint();
    const until = Date.now() + seconds * 1000;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (Date.now() < until) {
          const text = body(size);
          const begun = process.hrtime.bigint();
          const answer = await send(text);
          if (answer.error) throw new Error(answer.error);
          accepted += answer.data.accepted;
          times.push(Number(process.hrtime.bigint() - begun) / 1e6);
        }
      }),
    );
    const elapsed = Number(process.hrtime.bigint() - start) / 1e9;
    times.sort((left, right) => left - right);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
    const rate = (count) => Math.round(count / elapsed).toLocaleString("en");
    console.log(`${String(size).padStart(6)} ${String(clients).padStart(3)}: ${rate(times.length * size).padStart(9)} facts/s ${rate(times.length).padStart(7)} requests/s  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms`);
  }
}
agent.destroy();
server.kill();
await new Promise((resolve) => server.once("exit", resolve));
console.log(`${accepted.toLocaleString("en")} facts accepted; ${run("verify", "--project", "Bench").trim()}`);
rmSync(folder, { recursive: true });
