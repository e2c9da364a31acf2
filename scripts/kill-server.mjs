#!/usr/bin/env node
// Kills the server with SIGKILL at random moments while facts arrive through the API, restarts it, and finally checks
// that every fact it acknowledged is there and none counts twice. Usage: node scripts/kill-server.mjs [kills]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "./serve.mjs";

const kills = Number(process.argv[2] ?? 100);
const root = join(import.meta.dirname, "..");
const binary = process.env.CREATOR_GOALS_BINARY ?? join(root, "target/release/creator-goals");
const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), "creator-goals-kill-"));
const common = ["--database", `sqlite:${folder}/kill.db`];
const now = "2026-05-20T12:00:00Z";
const run = (...args) => execFileSync(binary, [...args, ...common], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

const creators = 10;
const views = 7;
writeFileSync(join(folder, "creators.csv"), ["username,captured_at,follower_count", ...Array.from({ length: creators }, (_, number) => `creator.${number},2026-05-01T00:00:00Z,1000`)].join("\n"));
run("import", "--project", "Kill", "--create", join(folder, "creators.csv"));
for (const metric of ["posts", "views"]) run("goal", "add", "--project", "Kill", "--metric", metric, "--period", "monthly", "--target", "1000000", "--start-date", "2026-05-01");
const project = run("project", "list").split(" ")[0];
const key = run("key", "create", "--name", "kill", "--write").trim();

let server, agent, address;
async function start() {
  const started = await serve(binary, "--clock", now, ...common);
  server = started.server;
  agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  address = new URL(started.address);
}
const ended = () => new Promise((resolve) => (server.exitCode ?? server.signalCode) === null ? server.once("exit", resolve) : resolve());

function ask(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, ...(body && { "content-length": Buffer.byteLength(body) }) };
    const request = http.request({ agent, host: address.hostname, port: address.port, method, path: `/api/v1${path}`, headers }, (answer) => {
      let said = "";
      answer.setEncoding("utf8").on("data", (chunk) => (said += chunk)).on("error", reject);
      answer.on("end", () => (answer.complete ? resolve({ status: answer.statusCode, body: JSON.parse(said) }) : reject(new Error("broken off"))));
    });
    request.on("error", reject).end(body);
  });
}

// Each post is one fact, its counters at one instant another.
const facts = (ids) => ids.flatMap((id) => {
  const of = `"tiktok_video_id":"${id}","tiktok_handle":"creator.${id % creators}"`;
  const hour = String(id % 12).padStart(2, "0");
  return [`{"type":"post",${of},"published_at":"2026-05-1${id % 9}T${hour}:00:00Z"}`, `{"type":"post_stats",${of},"captured_at":"2026-05-19T${hour}:00:00Z","view_count":${views},"like_count":1}`];
}).join("\n");

let next = 1;
let requests = 0;
const acknowledged = new Set();
const unanswered = [];
async function client(stopped) {
  while (!stopped()) {
    const ids = Array.from({ length: [1, 1, 10, 100][next % 4] }, () => next++);
    try {
      const answer = await ask("POST", `/projects/${project}/stats`, facts(ids));
      if (answer.status !== 200 || answer.body.data.rejected_count) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
      requests++;
      for (const id of ids) acknowledged.add(id);
    } catch (cause) {
      if (String(cause).includes("refused")) throw cause;
      unanswered.push(ids);
    }
  }
}

let died = 0;
for (let kill = 0; kill < kills; kill++) {
  await start();
  let stop = false;
  const clients = Array.from({ length: 12 }, () => client(() => stop));
  await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 600));
  server.kill("SIGKILL");
  stop = true;
  await ended();
  agent.destroy();
  await Promise.all(clients);
  died += server.signalCode === "SIGKILL" ? 1 : 0;
}

async function stored() {
  const found = new Map();
  for (let cursor = ""; cursor !== null; ) {
    const page = await ask("GET", `/projects/${project}/posts?limit=100${cursor && `&cursor=${cursor}`}`);
    for (const post of page.body.data) {
      if (found.has(post.tiktok_video_id)) throw new Error(`${post.tiktok_video_id} is there twice`);
      found.set(post.tiktok_video_id, post.view_count);
    }
    cursor = page.body.meta.nextCursor;
  }
  return found;
}
async function counted() {
  const list = await ask("GET", `/projects/${project}/goal-compliance?limit=100`);
  const goals = list.body.data.flatMap((creator) => creator.compliance);
  const sum = (metric) => goals.filter(({ goal }) => goal.metric === metric).reduce((total, { actual }) => total + actual, 0);
  return { posts: sum("posts"), views: sum("views") };
}

await start();
let found = await stored();
const lost = [...acknowledged].filter((id) => found.get(String(id)) !== views);
let count = await counted();
const kept = unanswered.flat().filter((id) => found.has(String(id))).length;
console.log(`${died} of ${kills} kills hit a running server; ${requests} requests with ${acknowledged.size} posts and their counters were acknowledged`);
console.log(`lost: ${lost.length}; stored ${found.size} posts, counted ${count.posts} posts and ${count.views} views`);
console.log(`unanswered: ${unanswered.length} requests, of whose ${unanswered.flat().length} posts ${kept} are there all the same`);
if (lost.length || count.posts !== found.size || count.views !== found.size * views) throw new Error("the numbers disagree");

// Clients that got no answer send again; those that did may too, since nothing counts twice.
for (const ids of [...unanswered, [...acknowledged].slice(0, 500)]) {
  const answer = await ask("POST", `/projects/${project}/stats`, facts(ids));
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}
found = await stored();
count = await counted();
const everything = next - 1;
console.log(`sent again: stored ${found.size} of ${everything} posts, counted ${count.posts} posts and ${count.views} views`);
if (found.size !== everything || count.posts !== everything || count.views !== everything * views) throw new Error("the numbers disagree");
agent.destroy();
server.kill("SIGTERM");
await ended();
console.log(run("verify", "--project", "Kill").trim());
rmSync(folder, { recursive: true });
