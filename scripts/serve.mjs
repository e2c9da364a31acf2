// Starts the server for a script and waits until it reports its address.
import { spawn } from "node:child_process";
import { join } from "node:path";

/** The server on a free port of this machine, with the browser's files of the last build. */
export function serve(binary, ...options) {
  const site = join(import.meta.dirname, "..", "target/site");
  const args = ["serve", "--listen", "127.0.0.1:0", "--site", site, ...options];
  const server = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (chunk) => {
      const found = /running at (http:\S+) \(/.exec((said += chunk));
      if (found) resolve({ server, address: found[1] });
    });
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}
