// The page with a bot that answers with everything there is, and with every mistake.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, desktop, faults, kitchen, phone, shot, visit } from "./harness.mjs";

let stand;
let chromium;

before(async () => {
  [stand, chromium] = await Promise.all([kitchen(), browser()]);
});
after(async () => {
  await chromium?.close();
  await stand?.end();
});

const accessible = async (p) => assert.deepEqual(await faults(p), []);
const newest = (p) => p.locator("article[id]").last();

async function command(p, text) {
  await p.locator(".composer textarea").fill(text);
  await p.locator(".command-bar").waitFor();
  await p.keyboard.press("Enter");
}

/** submit sends a form and waits for what it brings. */
async function submit(p, form) {
  const before = await newest(p).getAttribute("id");
  await form.getByRole("button", { name: "Submit" }).click();
  await form.waitFor({ state: "detached" });
  await p.locator(`#${before}`).evaluate((e) => new Promise((done) => {
    const look = () => (e.id === [...document.querySelectorAll("article[id]")].at(-1)?.id ? requestAnimationFrame(look) : done());
    look();
  }));
}

/** on does the same at desktop and phone width, dark and light. */
function on(name, use) {
  for (const [at, options] of [["desktop", {}], ["desktop in the light", { scheme: "light" }], ["phone", { size: phone, touch: true }]]) {
    test(`${name}, ${at}`, { timeout: 120000 }, async () => {
      const { page, context, complaints } = await visit(chromium, stand.url, options);
      const file = `kitchen-${name} ${at}`.replace(/\W+/g, "-");
      try {
        await use(page, async (what) => {
          await accessible(page);
          await shot(page, `${file}-${what}`);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), page.viewportSize().width, "nothing sticks out");
        });
        assert.deepEqual(complaints, []);
      } catch (e) {
        await shot(page, `failed-${file}`);
        throw e;
      } finally {
        await context.close();
      }
    });
  }
}

on("words", async (p, look) => {
  const words = p.locator("article[id]").first();
  for (const [role, text] of [["strong", "bold"], ["em", "italic"], ["u", "under"], ["s", "gone"], ["code", "code"], [".subtext", "subtext"], ["pre", "func main()"], ["blockquote", "second line"], ["ol > li", "second"]]) {
    await words.locator(role, { hasText: text }).first().waitFor();
  }
  await words.getByText("*plain* snake_case_word").waitFor();
  await words.getByText("@unknown-user").waitFor();
  const spoiler = words.getByRole("button", { name: "Spoiler. Show it" });
  await spoiler.click();
  await words.getByText("hidden").waitFor();
  await look("shown");
  const hard = p.locator("article[id]").nth(1);
  await hard.locator("strong em u s", { hasText: "and gone" }).waitFor();
  await hard.getByText("14 November 2023", { exact: true }).waitFor();
  assert.match(await hard.getByText(/^\d+ years ago$/).getAttribute("title"), /Tuesday.* 14 November 2023/);
  await hard.getByRole("button", { name: "#counter › message" }).click(); // a bare link to a message
  await p.locator("article.flash", { hasText: "Big" }).waitFor();
  await p.getByText("#No Access").waitFor();
  // Words that can be pressed break into lines as others do, and stay with the signs beside them.
  const flow = await hard.locator(".press").evaluateAll((all) => all.map((e) => getComputedStyle(e).display));
  assert.deepEqual([...new Set(flow)], ["inline"]);
  await hard.locator(".fence").hover();
  await look("hard");
  assert.equal(await p.getByRole("log").getAttribute("aria-relevant"), "additions", "clocks that count are not read out");
  await p.evaluate(() => { navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }; });
  await hard.getByRole("button", { name: "Copy the code" }).click();
  assert.match(await p.evaluate(() => window.copied), /^name +one/);
  await words.getByRole("button", { name: "/kitchen" }).click();
  await p.getByRole("group", { name: "Command /kitchen" }).waitFor();
  await p.getByRole("button", { name: "Cancel the command" }).click();
});

on("components", async (p, look) => {
  await command(p, "/kitchen ");
  await newest(p).getByText("Words outside").waitFor();
  const m = p.locator(`#${await newest(p).getAttribute("id")}`);
  await look("whole");
  await m.getByRole("button", { name: "Up to three" }).click();
  await p.keyboard.press("Enter");
  await p.keyboard.press("ArrowDown");
  await p.keyboard.press("Enter");
  await look("several");
  await p.keyboard.press("Escape");
  await newest(p).getByText("many: [0 1]").waitFor();
  for (const [label, search, answer] of [["A user", "Waiter", "user: ["], ["A role", "Crew", "role: ["], ["A user or role", "Cook", "anyone: ["], ["A channel", "cellar", "channel: ["]]) {
    await m.getByRole("button", { name: label, exact: true }).click();
    await p.keyboard.type(search);
    await p.keyboard.press("Enter");
    await newest(p).getByText(answer).waitFor();
  }
  await m.getByRole("button", { name: "No answer" }).click();
  await m.getByRole("button", { name: "Primary", disabled: true }).waitFor(); // one at a time
  assert.equal(await m.getByRole("button", { name: "No answer" }).count(), 1, "it keeps its name meanwhile");
  await m.getByText("This interaction failed").waitFor();
  await look("failed");
  await m.getByRole("button", { name: "Primary" }).click();
  await newest(p).getByText("primary:").waitFor();
  assert.equal(await m.getByText("This interaction failed").count(), 0);
  await m.getByRole("button", { name: "Update" }).click();
  await m.getByText("Updated in place.").waitFor();
});

on("files and galleries", async (p, look) => {
  await command(p, "/plate ");
  const plate = newest(p);
  await plate.getByText("With a thumbnail").waitFor();
  const m = p.locator(`#${await plate.getAttribute("id")}`);
  await look("hidden");
  await m.locator("[inert]", { hasText: "secret.txt" }).waitFor();
  await m.getByRole("button", { name: "Spoiler. Show the file" }).click();
  await m.locator("[inert]", { hasText: "secret.txt" }).waitFor({ state: "detached" });
  for (let n = await m.getByRole("button", { name: "Spoiler. Show the picture" }).count(); n > 0; n--) await m.getByRole("button", { name: "Spoiler. Show the picture" }).first().click();
  await m.getByRole("button", { name: "Open picture" }).nth(3).click();
  await p.getByRole("dialog", { name: "Picture 2 of 3" }).waitFor();
  await look("lightbox");
  await p.keyboard.press("Escape");
  await command(p, "/galleries ");
  await newest(p).locator(".gallery.n10").waitFor();
  const covered = await newest(p).evaluate((e) => [...e.querySelectorAll(".gallery")].filter((g) => {
    const boxes = [...g.querySelectorAll(".tile")].map((t) => t.getBoundingClientRect());
    return boxes.some((a, n) => boxes.slice(n + 1).some((b) => a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1));
  }).map((g) => g.className));
  assert.deepEqual(covered, [], "pictures lie over each other");
  await look("galleries");
});

on("forms that choose", async (p, look) => {
  await command(p, "/fields ");
  const form = p.getByRole("dialog", { name: "Choose" });
  await form.locator('[data-field="user"] .select', { hasText: "Cook" }).waitFor(); // filled in
  await form.locator('[data-field="anyone"] .select').click();
  await p.keyboard.type("wai");
  await p.keyboard.press("Enter");
  await look("several");
  await p.getByRole("combobox", { name: "Search" }).fill("crew");
  await p.keyboard.press("Enter");
  await p.getByRole("button", { name: "Done" }).click();
  await form.getByLabel(/Apple/).check();
  await form.getByLabel(/Banana/).check();
  assert.ok(await form.getByLabel(/Cherry/).isDisabled(), "two at most");
  await submit(p, form);
  assert.match(await newest(p).innerText(), /"0",\s+"1"/);
  await command(p, "/ticks ");
  const ticks = p.getByRole("dialog", { name: "Tick" });
  await ticks.getByRole("checkbox", { name: "Agreed" }).check();
  await ticks.getByLabel("Files").setInputFiles(["a.txt", "b.txt"].map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.from("hi") })));
  await ticks.getByRole("button", { name: "Remove a.txt" }).click();
  await look("ticks");
  await submit(p, ticks);
  assert.match(await newest(p).innerText(), /"value": true/);
});

on("a form", async (p, look) => {
  await command(p, "/form ");
  const form = p.getByRole("dialog", { name: "A form" });
  await form.waitFor();
  await look("empty");
  await form.getByRole("button", { name: "Submit" }).click();
  assert.equal(await form.getByText("This field is required").count(), 3);
  await form.getByLabel("Short").fill("ab");
  await form.getByText("Must be at least 3 characters").waitFor();
  await look("wrong");
  await form.getByLabel("Short").fill("abc");
  await form.locator(".select").click();
  await p.getByRole("option", { name: /Banana/ }).click();
  await form.getByLabel(/Cherry/).check();
  await form.getByLabel("File").setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
  await form.getByText("note.txt").waitFor();
  await form.getByRole("button", { name: "Submit" }).click();
  await form.waitFor({ state: "detached" });
  await newest(p).getByText("Submitted:").waitFor();
  await newest(p).locator(".used", { hasText: "/form" }).waitFor();
  assert.match(await newest(p).innerText(), /"abc"[^]*"1"[^]*"2"/);
});

on("answers that fail", async (p, look) => {
  await command(p, "/broken ");
  await p.getByText("Must be 2000 or fewer in length").first().waitFor();
  await look("refused");
  await command(p, "/think ");
  await newest(p).getByText("100 %").waitFor();
  await command(p, "/silent ");
  await p.getByText("Sending command…").waitFor();
  await p.getByText("The application did not respond").waitFor();
  await command(p, "/embed ");
  await newest(p).getByText("A footer").waitFor();
  await look("embed");
  await command(p, "/deep down below ");
  await newest(p).getByText('"below"').waitFor();
});

on("options", async (p, look) => {
  await p.locator(".composer textarea").fill("/options ");
  await p.locator(".command-bar").waitFor();
  await p.keyboard.type("ap");
  await p.getByRole("option", { name: "APRICOT" }).click();
  const add = (name) => p.getByRole("button", { name: `+ ${name}`, exact: true }).click();
  await add("whole");
  await p.keyboard.type("12");
  await add("user");
  await p.getByRole("option", { name: "@Waiter" }).click();
  await add("flag");
  await p.getByRole("option", { name: "True" }).click();
  await add("choice");
  await p.getByRole("option", { name: "Blue" }).click();
  await add("file");
  await p.locator('[data-option="file"] input').setInputFiles({ name: "pic.txt", mimeType: "text/plain", buffer: Buffer.from("hi") });
  await p.getByRole("button", { name: "Send the command" }).click();
  await p.getByText("At most 9, please").waitFor();
  await look("wrong");
  await p.getByRole("combobox", { name: /^whole/ }).fill("7");
  await p.getByRole("button", { name: "Send the command" }).click();
  const said = newest(p);
  await said.getByText('"apricot"').waitFor();
  assert.match(await said.innerText(), /"value": 7/);
});

test("menus of messages and members lead to apps", async () => {
  const { page: p, context, complaints } = await visit(chromium, stand.url);
  await p.locator("article[id]").first().locator(".name").click({ button: "right" });
  await p.getByRole("menuitem", { name: "Apps" }).click();
  await p.getByRole("menuitem", { name: "Greet" }).click();
  await newest(p).getByText("Greet on").waitFor();
  await newest(p).locator(".content").click({ button: "right" });
  await p.getByRole("menuitem", { name: "Apps" }).hover();
  await p.getByRole("menuitem", { name: "Look closer" }).click();
  await newest(p).getByText("Look closer on").waitFor();
  await p.getByRole("button", { name: "Close the panel" }).click();
  await p.setViewportSize({ width: 500, height: 860 }); // where there is no room for a menu beside a menu
  await newest(p).locator(".content").click({ button: "right" });
  await p.getByRole("menuitem", { name: "Apps" }).hover();
  await p.getByRole("menuitem", { name: "Reply" }).hover();
  await p.getByRole("menuitem", { name: "Apps" }).click();
  await p.getByRole("menuitem", { name: "Back" }).waitFor();
  await p.keyboard.press("Escape");
  await p.keyboard.press("Escape");
  await p.setViewportSize(desktop);
  await p.getByRole("button", { name: "Members" }).click();
  await p.locator(".member", { hasText: "Waiter" }).click();
  const profile = p.getByRole("dialog", { name: "Profile of Waiter" });
  await profile.waitFor();
  assert.deepEqual(await faults(p), []);
  await profile.getByRole("button", { name: "More, and apps" }).click();
  await p.getByRole("menuitem", { name: "Apps" }).click();
  await p.getByRole("menuitem", { name: "Greet" }).click();
  await newest(p).getByText("Greet on").waitFor();
  await p.locator(".member", { hasText: "Waiter" }).click();
  await profile.getByRole("button", { name: "Mention" }).click();
  await p.keyboard.type("look at this");
  await p.locator('.composer input[type="file"]').setInputFiles({ name: "pic.txt", mimeType: "text/plain", buffer: Buffer.from("hi") });
  await p.locator(".composer textarea").press("Enter");
  await newest(p).getByText("pic.txt").waitFor();
  await newest(p).getByText("@Waiter").waitFor();
  const mine = p.locator(`#${await newest(p).getAttribute("id")}`);
  await p.locator(".composer textarea").press("ArrowUp");
  await mine.getByLabel("Edit the message").fill("changed");
  await p.keyboard.press("Enter");
  await mine.getByText("(edited)").waitFor();
  await mine.locator(".content").click({ button: "right" });
  await p.getByRole("menuitem", { name: "Delete Message" }).click();
  await p.getByText("pic.txt").waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
  await context.close();
});
