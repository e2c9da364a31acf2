// Where the browser of the tests is: the headless shell starts and renders faster than the whole Chromium.
import { existsSync } from "node:fs";

const known = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

export const chromium = process.env.CHROMIUM ?? known.find((path) => existsSync(path)) ?? "/usr/bin/chromium";
