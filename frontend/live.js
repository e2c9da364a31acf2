// Keeps one connection to the server for all pages of this browser that are seen, whatever projects they show: over
// HTTP/1.1 a browser has six connections for each server. It runs as a shared worker; where a browser has none, each page
// runs it as a worker of its own.
//
// A page says `follow PROJECT CREATOR POSITION` when it is shown and again every few seconds (CREATOR is an id or `all`,
// POSITION is up to where it shows everything), `retry` when somebody is tired of waiting, and `leave`. It is told
// `changed POSITION` when what it shows has changed, `current POSITION` at any other word from the server, `lost` when there is
// no connection and no attempt under way, and `gone` when there is no such project. Each `follow` is answered, if only by
// `here`.

/** The server says something every 15 seconds. After this long without a word the connection counts as lost. */
const SILENCE = 35_000;
const TICK = 5_000;
/** A page that has not spoken for so long has gone without a word. */
const PAGE_SILENCE = 60_000;
/** Pages that open together share one connection from the start. */
const GATHER = 50;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
/** If a connection lived shorter than this, the next attempt waits longer. */
const STABLE = 10_000;
/** The most projects that the server follows in one stream. Pages of further ones say that they are not live. */
const MOST_PROJECTS = 50;

/** What each page shows, by its port. */
const pages = new Map();
/**
 * What was told about each project: everything that changed from the position `from` up to `told`. The last change, if
 * there was one, is at `changed`.
 */
const projects = new Map();
let source;
/** The projects that `source` was asked for. */
let followed = new Set();
/** When the server last spoke, or when it was asked to. */
let heardAt = 0;
/** When the server first spoke on this connection. */
let aliveSince;
/** How many attempts in a row came to nothing. */
let failures = 0;
let timer;

/** Whether whoever knows everything up to the position `left` need not be told what came up to `right`. */
function covers(left, right) {
  const [[version, asOf], [otherVersion, otherAsOf]] = [left, right].map((position) => position.split("-").map(Number));
  return version >= otherVersion && asOf >= otherAsOf;
}

/** Whether a time lies further back than so many milliseconds. A clock that was set back proves nothing. */
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
    // While an attempt is under way, nobody knows.
    port.postMessage(isLost() && !source ? "lost" : "here");
  }
}

/** One failure is often a proxy that ended a long answer, or a server that is being replaced: no page need speak of it. */
const isLost = () => failures > 1 && !aliveSince;
/** After a sleep the connection looks as it did before. */
const isLive = () => aliveSince && !isOver(heardAt, SILENCE);

function welcome(port, project, position) {
  const known = projects.get(project);
  if (!known) projects.set(project, { from: position, told: position });
  // Somebody looks at a page, so it is worth while to try at once.
  if (!known || !source) connectIn(GATHER);
  if (!known) return;
  // The page may have been rendered before something that others were told already.
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
  // The browser would try again by itself, but at one pace, with the positions of this address, and not after a refusal.
  source.addEventListener("error", fail);
}

/** A word from the server, perhaps of a change. */
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

/** Tries again: soon the first time, then more and more rarely. */
function fail() {
  failures = aliveSince && isOver(aliveSince, STABLE) ? 1 : failures + 1;
  disconnect();
  if (isLost()) lose();
  // Browsers that lost the same server do not all come back at once.
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

// Also what tells that the machine has slept: a connection may look open for long after that.
setInterval(() => {
  for (const [port, { seenAt }] of pages) if (isOver(seenAt, PAGE_SILENCE)) pages.delete(port);
  const shown = new Set([...pages.values()].map(({ project }) => project));
  for (const project of projects.keys()) if (!shown.has(project)) projects.delete(project);
  if (projects.size === 0) {
    connect(); // To nothing: this closes what is open.
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
