// Takes the two pictures that README shows: `npm run readme`, after `npm ci`.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { browser, playground, visit } from "./harness.mjs";

const docs = join(dirname(fileURLToPath(import.meta.url)), "../../../docs");
const demo = await playground();
const chromium = await browser();

const newest = (p) => p.locator("article[id]").last();

/** card asks for the newest picture and waits for the whole answer. */
async function card(p) {
  await p.locator("article", { hasText: "One more" }).waitFor({ timeout: 30000 });
  await p.locator("article[id]", { has: p.locator(".name", { hasText: "Midjourney Bot" }) }).nth(2).waitFor();
  await newest(p).locator(".content").click({ button: "right" });
  await p.getByRole("menuitem", { name: "Apps" }).click();
  await p.getByRole("menuitem", { name: "Get seed" }).click();
  await newest(p).locator(".tile").nth(3).waitFor({ timeout: 30000 });
  await p.waitForFunction(() => [...[...document.querySelectorAll("article[id]")].at(-1).querySelectorAll("img")].filter((i) => i.complete && i.naturalWidth > 0).length === 4);
}

const wide = await visit(chromium, demo.url, { size: { width: 1360, height: 960 } });
await card(wide.page);
await wide.page.mouse.move(700, 930);
await wide.page.screenshot({ path: join(docs, "playground.png") });
const narrow = await visit(chromium, demo.url, { size: { width: 390, height: 844 }, touch: true });
await narrow.page.locator(".tile").last().waitFor();
await narrow.page.screenshot({ path: join(docs, "playground-phone.png") });
await chromium.close();
await demo.end();
