// Keeps one connection to the server for all visible pages of this browser, whatever projects they show: over HTTP/1.1 a
// browser has six connections for each server. It runs as a shared worker; where a browser has none, each page runs it as a
// worker of its own.
//
// A page sends `follow PROJECT CREATOR POSITION` when it is shown and again every few seconds (CREATOR is an id or `all`,
// POSITION is the position up to which the page is current), `retry` when somebody presses "Try now", and `leave`. The worker
// sends `changed POSITION` when what the page shows has changed, `current POSITION` at any other message from the server,
// `lost` when there is no connection and no attempt to connect, and `gone` when the project does not exist. Each `follow` is
// answered, at least with `here`.

/** The server sends a message every 15 seconds. After this long without one the connection counts as lost. */
const SILENCE = 35_000;
const TICK = 5_000;
/** A page that has sent nothing for this long was closed without `leave`. */
const PAGE_SILENCE = 60_000;
/** Pages that open together share one connection from the start. */
const GATHER = 50;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
/** If a connection ended sooner than this, the next attempt waits longer. */
const STABLE = 10_000;
/** The most projects that the server follows in one stream. Pages of other projects say that they are not live. */
const MOST_PROJECTS = 50;

/** What each page shows, by its port. */
const pages = new Map();
/**
 * For each project the positions `from` and `told` between which pages were notified of every change, and the position of
 * the last change, if any, in `changed`.
 */
const projects = new Map();
let source;
/** The projects that `source` follows. */
let followed = new Set();
/** When the server last sent a message, or when the connection was requested. */
let heardAt = 0;
/** When the server sent the first message of this connection. */
let aliveSince;
/** The number of failed attempts in a row. */
let failures = 0;
let timer;

/** Returns whether a page that is current at the position `left` has everything up to `right`. */
function covers(left, right) {
  const [[version, asOf], [otherVersion, otherAsOf]] = [left, right].map((position) => position.split("-").map(Number));
  return version >= otherVersion && asOf >= otherAsOf;
}

/** Returns whether a time and now differ by more than `millis`; a clock that was set back counts too. */
const isOver = (time, millis) => Math.abs(Date.now() - time) > millis;

function receive(port, message) {
  const [what, project, creator, position] = message.split(" ");
  if (what === "leave") {
    pages.delete(port);
  } else if (what === "retry") {
    connect();
  } else if (what === "follow") {
    const isNew = !pages.has(port);
    pages.set(port, { project, creator, seenAt: Date.now() });
    if (isNew) welcome(port, project, position);
    // During an attempt the state is not known.
    port.postMessage(isLost() && !source ? "lost" : "here");
  }
}

/** A single failure is not shown: often a proxy ended a long answer, or the server is being replaced. */
const isLost = () => failures > 1 && !aliveSince;
/** After the machine has slept, a broken connection still looks open. */
const isLive = () => aliveSince && !isOver(heardAt, SILENCE);

function welcome(port, project, position) {
  const known = projects.get(project);
  if (!known) projects.set(project, { from: position, told: position });
  // Somebody has opened a page, so connect at once.
  if (!known || !source) connectIn(GATHER);
  if (!known) return;
  // The page may have been rendered before a change of which the others have been notified.
  const isCurrent = covers(position, known.from) && (!known.changed || covers(position, known.changed));
  if (!isCurrent) port.postMessage(`changed ${known.told}`);
  else if (isLive() && followed.has(project)) port.postMessage(`current ${position}`);
}

function connectIn(millis) {
  clearTimeout(timer);
  timer = setTimeout(connect, millis);
}

function disconnect() {
  clearTimeout(timer);
  source?.close();
  source = aliveSince = undefined;
  followed = new Set();
}

function connect() {
  disconnect();
  const wanted = [...projects].slice(-MOST_PROJECTS);
  if (wanted.length === 0) {
    failures = 0;
    return;
  }
  followed = new Set(wanted.map(([project]) => project));
  const query = wanted.map(([project, { told }]) => `${project}@${told}`).join(",");
  source = new EventSource(`/live?projects=${query}`);
  heardAt = Date.now();
  source.addEventListener("alive", () => hear());
  source.addEventListener("changed", ({ data }) => hear(JSON.parse(data)));
  source.addEventListener("gone", ({ data }) => forget(JSON.parse(data).project));
  // The browser's own reconnection has a fixed delay, uses the positions of this address, and gives up after a refusal.
  source.addEventListener("error", fail);
}

/** Handles a message from the server, which may contain a change. */
function hear(change) {
  heardAt = Date.now();
  aliveSince ??= heardAt;
  const known = projects.get(change?.project);
  const concerns = (creator) => !change.creators || change.creators.some((one) => creator === "all" || creator === one);
  if (known) {
    known.told = change.position;
    if (concerns("all")) known.changed = change.position;
  }
  for (const [port, { project, creator }] of pages) {
    if (!followed.has(project)) continue;
    const isChanged = known && project === change.project && concerns(creator);
    port.postMessage(`${isChanged ? "changed" : "current"} ${projects.get(project).told}`);
  }
}

/** Reconnects, with a growing delay. */
function fail() {
  failures = aliveSince && isOver(aliveSince, STABLE) ? 1 : failures + 1;
  disconnect();
  if (isLost()) lose();
  // The delay is random, so that browsers do not all reconnect to a server at once.
  connectIn(Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT) * (0.5 + Math.random() / 2));
}

function lose() {
  for (const port of pages.keys()) port.postMessage("lost");
}

function forget(gone) {
  projects.delete(gone);
  for (const [port, { project }] of pages) {
    if (project === gone) {
      port.postMessage("gone");
      pages.delete(port);
    }
  }
}

// This also detects that the machine has slept: afterwards a connection may look open for a long time.
setInterval(() => {
  for (const [port, { seenAt }] of pages) if (isOver(seenAt, PAGE_SILENCE)) pages.delete(port);
  const shown = new Set([...pages.values()].map(({ project }) => project));
  for (const project of projects.keys()) if (!shown.has(project)) projects.delete(project);
  if (projects.size === 0) {
    connect(); // Closes the connection, since there is nothing to follow.
  } else if (source && isOver(heardAt, SILENCE)) {
    fail();
    lose();
  }
}, TICK);

self.addEventListener("online", connect);
self.addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = ({ data }) => receive(port, data);
});
self.addEventListener("message", ({ data }) => receive(self, data));
