// What the browser tests share: the playground as a process, and a real Chromium that looks at it.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");

/** shots is where screenshots are kept. */
export const shots = join(here, "../shots");

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** findBrowser is the path of a Chromium; CHROMIUM names another. */
function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(":")) {
    for (const name of names) {
      if (existsSync(join(folder, name))) return join(folder, name);
    }
  }
  throw new Error(`none of ${names.join(", ")} is on the PATH: install one, or name it in CHROMIUM`);
}

/** folder makes a folder that is gone when the tests have ended. */
function folder() {
  const made = mkdtempSync(join(tmpdir(), "play-"));
  process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** started runs a program until it prints its address, and gives that and a way to end it. */
async function started(program, args) {
  const child = spawn(program, args, { cwd: folder(), stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /http:\/\/\S+/.exec(line);
      if (found) resolve(found[0]);
    });
    ended.then((code) => reject(new Error(`${program} ended with ${code}`)));
  });
  return {
    url,
    async end(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}

/** build makes a program of this module. */
function build(...args) {
  const program = join(folder(), "program");
  execFileSync("go", ["build", "-buildvcs=false", "-o", program, ...args], { cwd: root, stdio: "inherit" });
  return program;
}

let demo = process.env.PLAY_BINARY; // a program that is built already

/** playground is the demo with the real bot, at any free address or at one that is named. */
export function playground(address = "127.0.0.1:0") {
  demo ??= build(".");
  return started(demo, ["demo", "-addr", address]);
}

/** kitchen is the same page with a bot that answers with everything there is. */
export function kitchen() {
  return started(build("-tags", "browser", "./demo/page/test/kitchen"), [join(here, "../dist")]);
}

export async function browser() {
  mkdirSync(shots, { recursive: true });
  return chromium.launch({
    executablePath: findBrowser(),
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

export const desktop = { width: 1360, height: 860 };
export const phone = { width: 360, height: 740 };

/** visit opens the page in a browser profile of its own; what the console says goes to complaints. */
export async function visit(b, url, { size = desktop, scheme = "dark", touch = false } = {}) {
  const context = await b.newContext({ viewport: size, colorScheme: scheme, locale: "en-GB", timezoneId: "Europe/Berlin", hasTouch: touch, isMobile: touch, deviceScaleFactor: touch ? 2 : 1, reducedMotion: "reduce" });
  context.setDefaultTimeout(30000);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (m) => { if (["error", "warning"].includes(m.type())) complaints.push(`${m.type()}: ${m.text()} ${m.location().url}`); });
  page.on("pageerror", (e) => complaints.push(`thrown: ${e.message}`));
  page.on("requestfailed", (r) => { if (r.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`request failed: ${r.url()} ${r.failure()?.errorText}`); });
  await page.goto(url);
  await page.locator(".composer").waitFor();
  return { page, context, complaints };
}

const axe = readFileSync(join(here, "../node_modules/axe-core/axe.min.js"), "utf8");

/** faults are what axe finds wrong with the page as it stands. */
export async function faults(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help}`));
}

export const shot = (page, name) => page.screenshot({ path: join(shots, `${name}.png`) });
