// What stays as the visitor left it, and what the page does by itself: nothing typed is lost, and it comes back.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, kitchen, phone, playground, visit } from "./harness.mjs";

let stand;
let chromium;

before(async () => {
  [stand, chromium] = await Promise.all([kitchen(), browser()]);
});
after(async () => {
  await chromium?.close();
  await stand?.end();
});

const newest = (p) => p.locator("article[id]").last();
const field = (p) => p.locator(".composer textarea");

async function command(p, text) {
  await field(p).fill(text);
  await p.locator(".command-bar").waitFor();
  await p.keyboard.press("Enter");
}

async function become(p, name) {
  await p.locator(".me-button").click();
  await p.getByRole("menuitemradio", { name }).click();
  await p.locator(".me-button", { hasText: name }).waitFor();
}

async function go(p, channel) {
  await p.locator(".channel", { hasText: channel }).click();
  await p.getByRole("heading", { name: channel, level: 1 }).waitFor();
}

/** stays is a test in a fresh window of the kitchen. */
function stays(name, use, options) {
  test(name, { timeout: 120000 }, async () => {
    const { page, context, complaints } = await visit(chromium, stand.url, options);
    await use(page, context);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

stays("what was typed waits in its channel for the one who typed it", async (p) => {
  await field(p).fill("half a sentence");
  await p.locator('.composer input[type="file"]').setInputFiles({ name: "pic.txt", mimeType: "text/plain", buffer: Buffer.from("hi") });
  await go(p, "cellar");
  assert.equal(await field(p).inputValue(), "");
  await field(p).fill("/options ");
  await p.keyboard.type("apr");
  await p.getByRole("option", { name: "APRICOT" }).click();
  await go(p, "counter");
  assert.equal(await field(p).inputValue(), "half a sentence");
  await p.getByText("pic.txt").waitFor();
  await become(p, /Waiter/);
  assert.equal(await field(p).inputValue(), "");
  await become(p, /Cook/);
  assert.equal(await field(p).inputValue(), "half a sentence");
  await go(p, "cellar");
  assert.equal(await p.getByRole("combobox", { name: /^text/ }).inputValue(), "APRICOT");
  await p.getByRole("button", { name: "Send the command" }).click();
  await newest(p).getByText('"apricot"').waitFor();
});

stays("a form is not lost by a slip of the mouse", async (p) => {
  await command(p, "/form ");
  const form = p.getByRole("dialog", { name: "A form" });
  const short = form.getByLabel("Short");
  await short.fill("typed");
  const at = await short.boundingBox();
  await p.mouse.move(at.x + 60, at.y + 10);
  await p.mouse.down(); // marks the words, and lets go outside
  await p.mouse.move(20, 400, { steps: 3 });
  await p.mouse.up();
  await p.mouse.click(20, 400);
  assert.equal(await short.inputValue(), "typed");
  await form.locator(".select").click();
  await p.keyboard.press("Escape"); // the list alone
  await form.waitFor();
  await p.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
});

stays("a menu shows what the edited message says", async (p) => {
  await command(p, "/reset ");
  const menu = newest(p).locator(".select");
  await menu.filter({ hasText: "Apple" }).click();
  await p.getByRole("option", { name: /Cherry/ }).click();
  await menu.filter({ hasText: "Apple" }).waitFor();
});

stays("two windows are two people, and see the same", async (p, context) => {
  const other = await context.newPage();
  await other.goto(stand.url);
  await other.locator(".composer").waitFor();
  await become(other, /Waiter/);
  await field(other).fill("from the waiter");
  await other.keyboard.press("Enter");
  await newest(p).getByText("from the waiter").waitFor();
  await go(p, "cellar");
  await field(other).fill("@Cook, come @Cook");
  await other.keyboard.press("Enter");
  await p.locator(".channel", { hasText: "counter" }).getByRole("img", { name: "1 mention" }).waitFor();
  await go(p, "counter");
  await p.locator(".calls").waitFor({ state: "detached" });
  await command(p, "/think ");
  await newest(other).getByText("100 %").waitFor();
  await command(p, "/form "); // is the cook's alone
  await p.getByRole("dialog").waitFor();
  assert.equal(await other.getByRole("dialog").count(), 0);
  await p.keyboard.press("Escape");
  for (const [window, name] of [[p, "Cook"], [other, "Waiter"]]) {
    await window.reload();
    await window.locator(".me-button", { hasText: name }).waitFor();
  }
});

stays("what is for one is quoted to nobody else", async (p, context) => {
  await command(p, "/whisper ");
  await newest(p).getByRole("button", { name: "Aloud" }).click();
  await newest(p).getByText("for everyone").waitFor();
  await newest(p).locator(".quoted", { hasText: "a secret" }).waitFor();
  const other = await context.newPage();
  await other.goto(stand.url);
  await other.locator(".composer").waitFor();
  await become(other, /Waiter/);
  await newest(other).getByText("for everyone").waitFor();
  await newest(other).getByText("Message could not be loaded").waitFor();
  assert.equal(await other.getByText("a secret").count(), 0);
});

stays("the way back leads to the channel before", async (p) => {
  const at = (channel) => p.getByRole("heading", { name: channel, level: 1 }).waitFor();
  await go(p, "cellar");
  await become(p, /Cook/); // the same person: nothing moves
  await p.goBack();
  await at("counter");
  await p.goForward();
  await at("cellar");
  await become(p, /Waiter/); // who does not see the cellar
  await at("counter");
  await p.goBack();
  await p.goForward();
  await at("counter");
});

stays("Escape closes what lies over the page, one thing after the other", async (p) => {
  await p.getByRole("button", { name: "Channels" }).tap();
  await p.locator(".me-button").tap();
  await p.getByRole("menu", { name: "Act as" }).waitFor();
  await p.keyboard.press("Escape");
  await p.getByRole("menu", { name: "Act as" }).waitFor({ state: "detached" });
  await p.locator(".me-button").waitFor({ state: "visible" });
  await p.keyboard.press("Escape");
  await p.locator(".me-button").waitFor({ state: "hidden" });
  await p.getByRole("button", { name: "Members" }).tap();
  await p.locator(".member", { hasText: "Waiter" }).tap();
  await p.getByRole("dialog", { name: "Profile of Waiter" }).waitFor();
  await p.keyboard.press("Escape");
  await p.getByRole("dialog").waitFor({ state: "detached" });
  await p.getByRole("tab", { name: "Members" }).waitFor();
  await p.keyboard.press("Escape");
  await p.getByRole("tab", { name: "Members" }).waitFor({ state: "detached" });
}, { size: phone, touch: true });

stays("what is typed anywhere goes to the message field, and the focus is not lost", async (p) => {
  const focused = (e) => e.evaluate((e) => e === document.activeElement);
  await p.keyboard.press("Tab");
  await p.keyboard.press("Enter"); // skips what lies before
  assert.ok(await focused(field(p)));
  await p.locator("article[id]").first().focus();
  await p.keyboard.press("Escape");
  assert.ok(await focused(field(p)));
  await command(p, "/whisper ");
  const secret = p.locator("article[id]", { hasText: "a secret" }).last();
  await secret.focus();
  const before = await secret.getAttribute("id");
  await p.keyboard.type("to all");
  assert.equal(await field(p).inputValue(), "to all");
  await secret.getByRole("button", { name: "Dismiss message" }).focus();
  await p.keyboard.press("Enter");
  await p.locator(`#${before}`).waitFor({ state: "detached" });
  assert.ok(await focused(newest(p)), "the message above has the focus");
});

stays("the theme follows the system until one is chosen", async (p) => {
  const theme = () => p.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme(), "dark");
  await p.emulateMedia({ colorScheme: "light" });
  await p.getByRole("button", { name: "Dark theme" }).click();
  assert.equal(await theme(), "dark");
  await p.emulateMedia({ colorScheme: "dark" });
  await p.emulateMedia({ colorScheme: "light" });
  assert.equal(await theme(), "dark");
});

stays("a private channel lists those who see it", async (p) => {
  await p.getByRole("button", { name: "Members" }).click();
  await p.getByRole("heading", { name: "Online — 3" }).waitFor();
  await go(p, "cellar");
  await p.getByRole("heading", { name: "Online — 1" }).waitFor();
  await p.locator(".member", { hasText: "Cook" }).waitFor();
  await p.getByRole("button", { name: "Direct messages" }).click();
  await p.locator(".member", { hasText: "Cook" }).waitFor();
  assert.equal(await p.locator(".member").count(), 2, "its two people");
});

test("a channel of 500 messages stays usable", { timeout: 120000 }, async () => {
  const { page: p, context, complaints } = await visit(chromium, stand.url);
  await p.evaluate(() => fetch("/fill", { method: "POST" }));
  await p.getByText("message 499").waitFor();
  const opened = await p.evaluate(async () => {
    const from = performance.now();
    document.querySelectorAll(".channel")[1].click();
    await new Promise((r) => setTimeout(() => requestAnimationFrame(r)));
    document.querySelectorAll(".channel")[0].click();
    while (!document.body.innerText.includes("message 499")) await new Promise((r) => requestAnimationFrame(r));
    return performance.now() - from;
  });
  const whole = await p.evaluate(async () => {
    const box = document.querySelector(".scroller");
    const from = performance.now();
    let worst = 0;
    while (!document.querySelector(".start")) {
      const at = performance.now();
      box.scrollTop = 0;
      await new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
      worst = Math.max(worst, performance.now() - at);
      if (performance.now() - from > 30000) throw new Error("the start was not reached");
    }
    return { all: performance.now() - from, worst, drawn: document.querySelectorAll("article[id]").length };
  });
  assert.ok(whole.drawn > 500, `${whole.drawn} messages are drawn`);
  const typed = await p.evaluate(async () => {
    document.querySelector(".scroller").scrollTop = 1e9;
    const field = document.querySelector(".composer textarea");
    const from = performance.now();
    for (let n = 0; n < 20; n++) {
      field.value += "x";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
    }
    return (performance.now() - from) / 20;
  });
  const send = Date.now();
  await p.locator(".composer textarea").fill("one more");
  await p.keyboard.press("Enter");
  await p.locator("article[id]", { hasText: "one more" }).waitFor();
  const sent = Date.now() - send;
  console.log(`# 500 messages: channel opened in ${opened.toFixed(0)} ms, all read back in ${whole.all.toFixed(0)} ms (worst step ${whole.worst.toFixed(0)} ms), a key ${typed.toFixed(0)} ms, a message ${sent} ms`);
  assert.ok(opened < 1500 && whole.worst < 1500 && typed < 150 && sent < 2500, "too slow");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the playground is killed and started anew, and the page comes back by itself", { timeout: 120000 }, async () => {
  const first = await playground();
  const { page: p, context } = await visit(chromium, first.url); // what the console says meanwhile is no fault
  await p.locator("article", { hasText: "One more" }).waitFor();
  await become(p, /Moderator/);
  await go(p, "general");
  await first.end("SIGKILL");
  await p.getByText("The playground does not answer. Trying again").waitFor();
  const second = await playground(new URL(first.url).host);
  await p.getByText("The playground does not answer").waitFor({ state: "detached", timeout: 20000 });
  await p.locator(".me-button", { hasText: "may manage the server" }).waitFor();
  await p.getByRole("heading", { name: "general", level: 1 }).waitFor();
  await p.getByText("is offline just now").waitFor({ state: "detached", timeout: 20000 });
  await command(p, "/seedbot status ");
  await newest(p).getByText("Only you can see this").waitFor();
  await context.close();
  await second.end();
});
