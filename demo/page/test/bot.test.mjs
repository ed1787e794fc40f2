// The page with the real bot, as a visitor uses it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, desktop, faults, phone, playground, shot, visit } from "./harness.mjs";

let demo;
let chromium;

before(async () => {
  [demo, chromium] = await Promise.all([playground(), browser()]);
});
after(async () => {
  await chromium?.close();
  await demo?.end();
});

/** page is the page as one visitor sees it; at the end nothing may have been complained about. */
function page(name, options, use) {
  test(name, { timeout: 120000 }, async () => {
    const { page, context, complaints } = await visit(chromium, demo.url, options);
    try {
      await use(page, context);
      assert.deepEqual(complaints, []);
    } catch (e) {
      await shot(page, `failed-${name.replace(/\W+/g, "-")}`);
      throw e;
    } finally {
      await context.close();
    }
  });
}

const accessible = async (p) => assert.deepEqual(await faults(p), []);
const newest = (p) => p.locator("article[id]").last();
const by = (p, name) => p.locator("article[id]", { has: p.locator(".name", { hasText: name }) });
const card = (p) => p.locator("article[id]", { has: p.locator(".gallery.n4") }).last();

async function opened(p) {
  await p.locator("article", { hasText: "One more" }).waitFor({ timeout: 30000 });
  await by(p, "Midjourney Bot").nth(2).waitFor();
}

/** picture lets a new picture come in, as a scene of the panel says. */
async function picture(p, scene) {
  if (!(await p.locator(".panel").count())) await p.getByRole("button", { name: "What happens next" }).click();
  await p.getByRole("tab", { name: "What next" }).click();
  const before = await newest(p).getAttribute("id");
  await p.locator(`[data-scene="${scene}"]`).click();
  const id = await p.waitForFunction((before) => {
    const last = [...document.querySelectorAll("article[id]")].at(-1);
    return last?.id !== before && last?.querySelector(".tile") && last.id;
  }, before);
  return p.locator(`#${await id.jsonValue()}`);
}

async function app(p, message, name) {
  await message.locator(".content").click({ button: "right" });
  await p.getByRole("menuitem", { name: "Apps" }).click();
  await p.getByRole("menuitem", { name }).click();
}

async function command(p, text) {
  await p.locator(".composer textarea").fill(text);
  await p.locator(".command-bar").waitFor();
}

/** settled waits for an answer that says something, and gives its id. */
async function settled(p, says) {
  await newest(p).getByText(says).first().waitFor();
  return newest(p).getAttribute("id");
}

async function become(p, name) {
  await p.locator(".me-button").click();
  await p.getByRole("menuitemradio", { name }).click();
  await p.locator(".me-button", { hasText: name }).waitFor(); // what was typed goes with its person
}

page("a right-click brings four pictures, and progress is seen on the way", {}, async (p) => {
  const from = Date.now();
  await opened(p);
  await accessible(p);
  const states = new Set();
  await p.exposeFunction("seen", (text) => states.add(text));
  await p.evaluate(() => new MutationObserver(() => {
    const last = [...document.querySelectorAll("article[id]")].at(-1);
    if (last?.querySelector(".btn.danger")) window.seen(last.querySelector(".container").textContent.replace(/\d+ seconds? ago|now/, ""));
  }).observe(document.body, { subtree: true, childList: true, characterData: true }));
  await app(p, newest(p), "Get seed");
  const answer = newest(p);
  await answer.locator(".used", { hasText: "Get seed" }).waitFor();
  await answer.getByRole("button", { name: "Stop" }).waitFor();
  await answer.locator(".tile").nth(3).waitFor({ timeout: 30000 });
  const took = Date.now() - from;
  assert.ok(took < 30000, `${took} ms from the first look to the pictures`);
  console.log(`# from the first look to four pictures: ${took} ms`);
  assert.ok(states.size >= 2, `states seen: ${[...states]}`);
  await p.waitForFunction(() => [...[...document.querySelectorAll("article[id]")].at(-1).querySelectorAll("img")].filter((i) => i.complete && i.naturalWidth > 0).length === 4);
  await accessible(p);
  await shot(p, "desktop-dark");

  await answer.locator(".tile").nth(1).click();
  const box = p.getByRole("dialog");
  await box.getByText("2 of 4", { exact: false }).first().waitFor();
  await p.keyboard.press("ArrowRight");
  await p.getByRole("dialog", { name: "Picture 3 of 4" }).waitFor();
  await accessible(p);
  await p.keyboard.press("Escape");
  await box.waitFor({ state: "detached" });
});

page("a slash command with autocomplete, and its buttons", {}, async (p) => {
  await opened(p);
  await p.locator(".composer textarea").pressSequentially("/se");
  await p.getByRole("listbox", { name: "Commands" }).waitFor();
  await accessible(p);
  await p.keyboard.press("Enter");
  const field = p.getByRole("combobox", { name: /^job/ });
  await p.keyboard.press("Enter");
  await p.getByText("This option is required").waitFor();
  await field.pressSequentially("vio");
  await p.getByRole("option", { name: /violet/ }).waitFor();
  await accessible(p);
  await p.keyboard.press("ArrowDown");
  await p.keyboard.press("Enter");
  await p.waitForFunction(() => document.querySelector(".chip input").value.includes("violet"));
  await p.keyboard.press("Enter");
  const answer = newest(p);
  await answer.locator(".used", { hasText: "/seed" }).waitFor();
  await answer.getByText("no new request was made").waitFor();

  await answer.getByRole("button", { name: "Copy prompt" }).click();
  const copy = newest(p);
  await copy.getByText("Only you can see this").waitFor();
  assert.match(await copy.locator(".content").innerText(), /violet ridges.* --seed \d+$/s);
  await accessible(p);
  await become(p, /Colleague/);
  await p.waitForFunction(() => !document.body.innerText.includes("Only you can see this"));
  await become(p, /Asker/);
  await copy.getByRole("button", { name: "Dismiss message" }).click();
  await copy.getByText("Only you can see this").waitFor({ state: "detached" });
});

page("a form of the bot is filled in", {}, async (p) => {
  await opened(p);
  await card(p).getByRole("button", { name: "Save recipe" }).click();
  const form = p.getByRole("dialog", { name: "Save as recipe" });
  await form.getByRole("button", { name: "Submit" }).click();
  await form.getByText("This field is required").waitFor();
  await form.getByLabel("Name").fill(`violet ${Date.now()}`);
  await accessible(p);
  await form.getByRole("button", { name: "Submit" }).click();
  await form.waitFor({ state: "detached" });
  await newest(p).getByText("Saved.").waitFor();
  await accessible(p);
});

page("the history is read and a card opened from it", {}, async (p) => {
  await opened(p);
  await command(p, "/seeds history ");
  await p.keyboard.press("Enter");
  const pages = newest(p);
  await pages.getByText("newest first").waitFor();
  await pages.locator(".select").click();
  await accessible(p);
  await p.keyboard.press("Enter");
  await newest(p).locator(".gallery.n4").waitFor();
});

page("the bot is killed in the middle, and the answer comes all the same", {}, async (p) => {
  await opened(p);
  const message = await picture(p, "slow");
  await app(p, message, "Get seed");
  const percent = () => newest(p).evaluate((e) => Number(/(\d+) %/.exec(e.textContent)?.[1] ?? 0));
  while ((await percent()) === 0) await p.waitForTimeout(50);
  const before = await percent();
  while ((await percent()) === before) await p.waitForTimeout(50);
  assert.ok((await percent()) > before, "it moves on");
  await p.locator('[data-scene="kill"]').click();
  await p.getByText("is offline just now").waitFor();
  await command(p, "/seeds history ");
  await p.keyboard.press("Enter");
  await p.getByText("The application did not respond").waitFor();
  await p.getByText("is offline just now").waitFor({ state: "detached", timeout: 20000 });
  await by(p, "Seedbank").last().locator(".gallery.n4").waitFor({ timeout: 60000 });
  await accessible(p);
});

page("what goes wrong at the service is told", { scheme: "light" }, async (p) => {
  await opened(p);
  for (const [scene, says] of [["expired", /no longer has this job/], ["moderated", /stopped this request/], ["signed-out", /needs the person who runs this bot/]]) {
    const message = await picture(p, scene);
    await app(p, message, "Get seed");
    await newest(p).getByText(says).waitFor({ timeout: 20000 });
  }
  const again = newest(p).getByRole("button", { name: "Try again" });
  await again.click();
  await newest(p).locator(".gallery.n4").waitFor({ timeout: 20000 });
  await accessible(p);
  await shot(p, "desktop-light");
  const message = await picture(p, "missing");
  await app(p, message, "Get seed");
  await newest(p).locator(".gallery.n3").waitFor({ timeout: 20000 });
  await newest(p).getByText("Picture 3 is missing").waitFor();
});

page("only who may, sees and stops", {}, async (p) => {
  await opened(p);
  const message = await picture(p, "slow");
  await app(p, message, "Get seed");
  const running = newest(p);
  await running.getByRole("button", { name: "Stop" }).waitFor();
  await become(p, /Colleague/);
  await running.getByRole("button", { name: "Stop" }).click();
  await newest(p).getByText("Only you can see this").waitFor();
  assert.equal(await p.locator(".channel", { hasText: "backstage" }).count(), 0, "a private channel");
  await become(p, /Stranger/);
  await p.getByRole("heading", { name: "lobby", level: 1 }).waitFor();
  assert.equal(await p.getByRole("button", { name: "Studio" }).count(), 0);
  await command(p, "/seeds history ");
  await p.keyboard.press("Enter");
  await newest(p).getByText(/No seeds/).waitFor();
  await become(p, /Moderator/);
  await p.locator(".channel", { hasText: "art" }).click();
  await by(p, "Seedbank").last().getByRole("button", { name: "Stop" }).click();
  await by(p, "Seedbank").last().getByText(/[Ss]topped/).waitFor();
});

page("a moderator lets everyone make pictures, and somebody does", {}, async (p) => {
  await opened(p);
  await become(p, /Moderator/);
  await command(p, "/seedbot settings ");
  await p.keyboard.press("Enter");
  const settings = p.locator(`#${await settled(p, /Settings of this server/)}`);
  await settings.getByRole("button", { name: "Roles" }).click();
  await settings.getByText("Who may make pictures?").waitFor();
  await settings.locator(".select").last().click();
  await p.keyboard.type("everyone");
  await p.keyboard.press("Enter");
  await p.keyboard.press("Escape");
  await settings.getByText("Last changed").waitFor();
  await become(p, /Asker/);
  await command(p, "/recipe use name:poster light");
  await p.getByRole("button", { name: "Send the command" }).click();
  await newest(p).getByRole("button", { name: "Run it" }).click();
  await newest(p).getByRole("button", { name: "Run it fast" }).click();
  await newest(p).getByText("made from #1").waitFor({ timeout: 60000 });
});

page("options that offer values show them one after the other", {}, async (p) => {
  await opened(p);
  await command(p, "/seeds export ");
  await p.getByRole("listbox", { name: "Values for what" }).getByRole("option").first().click();
  await p.getByRole("listbox", { name: "Values for format" }).getByRole("option").first().click();
  await p.getByRole("button", { name: "Send the command" }).click();
  await newest(p).locator(".file").waitFor();
});

page("a direct message works too, and what was sent can be inspected", {}, async (p) => {
  await opened(p);
  await p.getByRole("button", { name: "Direct messages" }).click();
  await p.locator(".composer textarea").fill("hello");
  await p.keyboard.press("Enter");
  await newest(p).getByText("hello").waitFor();
  await command(p, "/seeds history ");
  await p.keyboard.press("Enter");
  await newest(p).getByText(/No seeds/).waitFor();
  await p.locator(".channels button").first().waitFor();
  await p.getByRole("button", { name: "Studio" }).click();
  await p.locator(".channel", { hasText: "art" }).click();
  await card(p).focus();
  await p.keyboard.press("Enter");
  await p.getByRole("menuitem", { name: "Inspect Requests" }).click();
  await p.getByText(/Requests to Discord — [2-9]/).waitFor();
  await p.getByText(/Meanwhile at useapi.net — \d/).waitFor();
  const shown = await p.locator(".panel").innerText();
  assert.match(shown, /\[token\]/);
  await accessible(p);
  await shot(p, "inspector");
});

page("a phone is wide enough", { size: phone, touch: true }, async (p, context) => {
  await opened(p);
  const wide = () => p.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(await wide(), phone.width);
  const grid = await picture(p, "usual");
  await p.waitForTimeout(300); // until it has scrolled there
  const box = await grid.locator(".tile").boundingBox();
  assert.ok(box.x + box.width <= phone.width, "the picture is cut off");
  const finger = await context.newCDPSession(p);
  await finger.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: box.x + 40, y: box.y + 40 }] });
  await p.getByRole("menu", { name: "Message" }).waitFor();
  await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await p.waitForTimeout(250); // a finger does not come back sooner
  await p.getByRole("menuitem", { name: "Apps" }).tap();
  await p.getByRole("menuitem", { name: "Get seed" }).tap();
  await newest(p).locator(".gallery.n4").waitFor({ timeout: 30000 });
  await p.waitForTimeout(500); // pictures
  assert.equal(await wide(), phone.width);
  await accessible(p);
  await shot(p, "phone-dark");
  await p.getByRole("button", { name: "Channels" }).tap();
  await p.locator(".channel", { hasText: "general" }).tap();
  await p.getByRole("heading", { name: "general", level: 1 }).waitFor();
  await accessible(p);
});

page("a phone in the light", { size: phone, touch: true, scheme: "light" }, async (p) => {
  await opened(p);
  await p.getByRole("button", { name: "Use a command" }).tap();
  await p.getByRole("option", { name: /^\/seed / }).tap();
  await p.getByRole("combobox", { name: /^job/ }).waitFor();
  await p.getByRole("option").first().waitFor();
  await accessible(p);
  await shot(p, "phone-light");
});

page("a table of the bot keeps its lines on a phone", { size: { width: 390, height: 844 }, touch: true }, async (p) => {
  await opened(p);
  await command(p, "/seeds compare a:1 b:2");
  await p.getByRole("button", { name: "Send the command" }).tap();
  const table = newest(p).locator(".fence code");
  await table.getByText("words").waitFor();
  const [lines, drawn] = await table.evaluate((e) => {
    const line = document.createRange();
    line.selectNodeContents(e);
    return [e.textContent.split("\n").length, new Set([...line.getClientRects()].map((r) => Math.round(r.top))).size];
  });
  assert.equal(drawn, lines);
});

page("it can be used without a mouse", { size: desktop }, async (p) => {
  await opened(p);
  await p.locator(".composer textarea").focus();
  await by(p, "Midjourney Bot").last().focus();
  await p.keyboard.press("ArrowUp");
  await p.keyboard.press("ArrowDown");
  await p.keyboard.press("Enter");
  await p.getByRole("menu", { name: "Message" }).waitFor();
  await p.keyboard.press("ArrowRight");
  await p.getByRole("menuitem", { name: /Get seed/ }).waitFor();
  await p.keyboard.press("Escape");
  await p.keyboard.press("Escape");
  await p.getByRole("menu").waitFor({ state: "detached" });
  assert.ok(await by(p, "Midjourney Bot").last().evaluate((e) => e === document.activeElement), "the focus is back");
});
