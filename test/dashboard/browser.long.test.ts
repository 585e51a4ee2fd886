import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { PageServer } from "../../src/cli/serve/page-server.ts";
import { fillPage } from "../../src/dashboard/fill-page.ts";
import type { Dashboard } from "../../src/domain/dashboard/dashboard.ts";
import type { PackedPast } from "../../src/domain/dashboard/past.ts";
import { Sandbox } from "../support/sandbox.ts";
import { isSafeToShow } from "../support/unsafe.ts";
import { missing } from "../tools/test-tool.ts";
import { type Browser, openBrowser, readAxe, type Tab } from "./browser.ts";
import { aHarmfulHub, HARMFUL } from "./hostile-state.ts";
import { aDay, aLargeHub, aLongStory, aShortStory, dashboardOf, pack } from "./scenes.ts";

const TITLE = "Chromium";
/** In a narrow window, a phone's; in a wide one, that of a desk. */
const WIDTHS = [390, 1400];
/** The page shows 200 sessions and the requests of 2,000 operations within this time. A busy machine gets ten times as long. */
const FIRST_PAINT_MS = 200;
const PATIENCE = 10;

const sandbox = new Sandbox();
let browser: Browser | undefined;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await sandbox.close();
});

const STATES: readonly (readonly [string, () => Dashboard])[] = [
  ["an ordinary day", aDay],
  ["an empty hub", () => dashboardOf({})],
  ["a large hub", () => aLargeHub(200, 2000)],
  ["a hub of harmful texts", aHarmfulHub],
];

interface Opened {
  readonly tab: Tab;
  /** Errors, refusals of the policy, and everything else that the browser says. */
  readonly said: string[];
  readonly requested: string[];
}

let pages = 0;

async function open(
  state: Dashboard,
  width = 1400,
  scheme = "light",
  past: PackedPast | undefined = undefined,
): Promise<Opened> {
  const file = join(sandbox.folder("pages"), `${pages++}.html`);
  writeFileSync(file, fillPage(state, { past }));
  const opened = await visit(`file://${file}`, width, scheme);
  expect(opened.requested).toEqual([`file://${file}`]);
  return opened;
}

async function visit(url: string, width = 1400, scheme = "light"): Promise<Opened> {
  const tab = await (browser as Browser).newPage();
  onTestFinished(() => tab.close());
  const [said, requested]: [string[], string[]] = [[], []];
  tab.on("console", (message: { text(): string }) => said.push(message.text()));
  tab.on("pageerror", (error: Error) => said.push(error.message));
  tab.on("dialog", () => said.push("a dialog"));
  tab.on("request", (request: { url(): string }) => requested.push(request.url()));
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await tab.setViewport({ width, height: 900 });
  await tab.goto(url);
  await tab.evaluate(
    "new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve))))",
  );
  return { tab, said, requested };
}

/** A test that says why it is skipped where there is no browser. */
function inBrowser(name: string, run: () => Promise<void>): void {
  it(name, async ({ skip }) => {
    if (browser === undefined) skip(missing({ title: TITLE }));
    await run();
  });
}

/** The elements that the page may have: none of them loads or runs anything. */
const ELEMENTS =
  /^(?:html|head|meta|title|style|body|header|main|section|div|span|p|a|h[123]|ul|ol|li|dl|dt|dd|nav|b|i|small|code|time|button|table|caption|thead|tbody|tr|th|td|details|summary|figure|figcaption|svg|rect|text|script)$/;

describe("the page in a browser", () => {
  for (const [name, make] of STATES) {
    inBrowser(
      `shows all sections of ${name}, asks for nothing and breaks no rule of its policy`,
      async () => {
        const { tab, said, requested } = await open(make());
        await tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        const titles = await tab.evaluate<string[]>(
          "[...document.querySelectorAll('h2')].map((each) => each.firstChild.textContent)",
        );
        expect(titles).toEqual([
          ...[
            "Waits for a person",
            "Silent, and holds something",
            "Overlapping claims",
            "Sessions",
            "Requests",
          ],
          ...["Claims", "What happened", "This week", "Skills", "Metrics"],
        ]);
        expect({ said, requested: requested.length }).toEqual({ said: [], requested: 1 });
      },
    );
  }

  inBrowser("has all that the state has, also what is closed away", async () => {
    const state = aLargeHub(200, 2000);
    const { tab } = await open(state);
    const text = await tab.evaluate<string>("document.getElementById('sections').textContent");
    const ids = [...state.requests, ...state.sessions, ...state.unanswered].map(({ id }) => id);
    expect(ids.filter((id) => !text.includes(id))).toEqual([]);
    expect(state.skills.filter(({ skill }) => !text.includes(skill))).toEqual([]);
  });

  inBrowser("takes no text of others for an element, an attribute or a script", async () => {
    const { tab } = await open(aHarmfulHub());
    const names = await tab.evaluate<string[]>(
      "[...new Set([...document.querySelectorAll('*')].map(({ localName }) => localName))]",
    );
    expect(names.filter((name) => !ELEMENTS.test(name))).toEqual([]);
    expect(await tab.evaluate("document.querySelectorAll('script').length")).toBe(5);
    expect(await tab.evaluate("window.harmed")).toBeUndefined();
    const risky = "[...document.querySelectorAll('*')].flatMap(({ attributes }) => [...attributes])";
    expect(
      await tab.evaluate(
        `${risky}.filter(({ name, value }) => /^on|^src$|^action$/.test(name) || (name === 'href' && !/^#[a-z]+$/.test(value))).map(({ name }) => name)`,
      ),
    ).toEqual([]);
  });

  inBrowser(
    "shows harmful texts as they are, with control and bidirectional characters visible",
    async () => {
      const { tab } = await open(aHarmfulHub());
      const shown = await tab.evaluate<string>("document.getElementById('sessions').textContent");
      expect(HARMFUL.filter((text) => /^[\x21-\x7e]{1,80}$/.test(text) && !shown.includes(text))).toEqual([]);
      expect(shown).toContain("\\u{202e}gpj.exe\\u{202c}");
      expect(shown).toContain("\\u{1b}[2J");
      expect(isSafeToShow(shown)).toBe(true);
    },
  );

  for (const width of WIDTHS)
    for (const scheme of ["light", "dark"])
      inBrowser(`is accessible to all, ${width} pixels wide, ${scheme}`, async () => {
        const axe = readAxe();
        if (axe === undefined) throw new Error(missing({ title: "axe" }));
        for (const make of scheme === "light" ? [aDay, aHarmfulHub] : [aDay]) {
          const { tab } = await open(make(), width, scheme);
          await tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
          await tab.evaluate(`${axe}\n;undefined`);
          const found = await tab.evaluate<{
            violations: { id: string; nodes: { html: string }[] }[];
            passes: object[];
          }>("axe.run().then(({ violations, passes }) => ({ violations, passes }))");
          expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
          expect(found.passes.length).toBeGreaterThan(20);
        }
      });

  inBrowser("scrolls in one direction only, however narrow the window and long the texts", async () => {
    for (const make of [aHarmfulHub, aDay])
      for (const width of [320, 700, 1000, 1200, ...WIDTHS]) {
        const { tab } = await open(make(), width);
        await tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        expect(await tab.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(
          0,
        );
        const cut =
          "[...document.querySelectorAll('section')].filter((each) => each.scrollWidth > each.clientWidth)";
        expect(await tab.evaluate(`${cut}.map(({ id }) => id)`), `${width} pixels wide`).toEqual([]);
      }
  });

  inBrowser("says how old its state is, and how it is made anew", async () => {
    const { tab } = await open(aDay());
    expect(await tab.evaluate("document.getElementById('age').textContent")).toMatch(/^\d+ days ago$/);
    expect(await tab.evaluate("document.querySelector('.old').hidden")).toBe(false);
    const now = new Date().toISOString();
    const { tab: fresh } = await open({ ...aDay(), at: now });
    expect(await fresh.evaluate("document.getElementById('age').textContent")).toMatch(/^\d+ s ago$/);
    expect(await fresh.evaluate("document.querySelector('.old').hidden")).toBe(true);
  });

  inBrowser("copies a command by its button, with the keyboard alone", async () => {
    const { tab } = await open(aDay());
    await tab.evaluate(
      "navigator.clipboard.writeText = async (text) => { window.copied = text; }; document.querySelector('#silent button').focus()",
    );
    await tab.keyboard.press("Enter");
    expect(await tab.evaluate("window.copied")).toBe("hive takeover session-4-deployment");
    expect(await tab.evaluate("document.getElementById('said').textContent")).toBe(
      "Copied: hive takeover session-4-deployment",
    );
  });

  inBrowser("selects a command where the browser allows no copying", async () => {
    const { tab } = await open(aDay());
    await tab.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('denied'))");
    await tab.click("#silent button");
    expect(await tab.evaluate("getSelection().toString()")).toBe("hive takeover session-4-deployment");
  });

  inBrowser("goes back in time by its slider, with the keyboard alone, and comes back", async () => {
    const story = aShortStory();
    const { tab, said, requested } = await open(story.state, 1400, "light", pack(story));
    const shown = () => tab.evaluate<string>("document.getElementById('requests').textContent");
    /** Presses a key; the moment that the page then shows. */
    const press = async (key: string) => {
      await tab.evaluate("window.before = document.querySelector('.moment').textContent");
      await tab.keyboard.press(key);
      return tab.evaluate<string>(`(async () => {
        const said = document.querySelector('.moment');
        for (let frame = 0; frame < 300 && said.textContent === window.before; frame++)
          await new Promise(requestAnimationFrame);
        return said.textContent;
      })()`);
    };
    await tab.evaluate("document.getElementById('moment').focus()");
    expect(await shown()).not.toContain("accepted");
    expect(await press("ArrowLeft")).toMatch(/^2026-01-31 11:40:00: .*accept/);
    expect(await shown()).toContain("accepted");
    expect(await press("ArrowLeft")).toContain("asks");
    expect(await shown()).toContain("pending");
    expect(await tab.evaluate("document.querySelector('.old').hidden")).toBe(true);
    await press("Home");
    expect(await shown()).not.toContain("k3f9");
    expect(await press("End")).toBe("now");
    expect(await shown()).toContain("1 that ended last");
    expect({ said, requested: requested.length }).toEqual({ said: [], requested: 1 });
  });

  inBrowser("is kept up to date by its server, and acts where it may", async () => {
    const lines: string[] = [];
    let state: Dashboard = { ...aDay(), at: new Date().toISOString() };
    const server = new PageServer({
      page: async () => fillPage(state, { live: { writes: true } }),
      past: async () => JSON.stringify(aShortStory().past),
      act: async (line) => ({ done: lines.push(line) > 1, text: `answer ${lines.length}` }),
    });
    const url = await server.listen(0);
    onTestFinished(() => server.close());
    const { tab, said } = await visit(url);
    const wait = (code: string) =>
      tab.evaluate<boolean>(`(async () => {
        for (let frame = 0; frame < 600 && !(${code}); frame++) await new Promise(requestAnimationFrame);
        return ${code};
      })()`);
    state = { ...state, sessions: state.sessions.slice(0, 2) };
    server.push("state", JSON.stringify(state));
    expect(await wait("document.querySelectorAll('#sessions tbody tr').length === 2")).toBe(true);
    await tab.click("#unanswered button[aria-label^='Write: hive reply']");
    expect(await tab.evaluate("getSelection().toString()")).toBe("<answer>");
    await tab.keyboard.type("Only wrapped");
    await tab.keyboard.press("Enter");
    expect(await wait("document.querySelector('.answer').textContent === 'answer 1'")).toBe(true);
    expect(await tab.evaluate("document.getElementById('line').value")).toBe(lines[0]);
    await tab.keyboard.press("Enter");
    expect(await wait("document.querySelector('.answer').textContent === 'answer 2'")).toBe(true);
    expect(await tab.evaluate("document.getElementById('line').value")).toBe("");
    expect(lines[0]).toMatch(/^hive reply \w+ "Only wrapped"$/);
    expect(said).toEqual([]);
    await server.close();
    expect(await wait("/does not answer/.test(document.getElementById('head').textContent)")).toBe(true);
  });

  inBrowser(
    "goes back over 2,000 operations of 200 sessions in a moment, and keeps open what was open",
    async () => {
      const story = aLongStory(200, 2000);
      const { tab } = await open(story.state, 1400, "light", pack(story));
      await tab.evaluate("document.querySelector('#sessions details').open = true");
      const took = await tab.evaluate<number>(`(async () => {
      const [start, slider] = [performance.now(), document.getElementById('moment')];
      slider.value = '1000';
      slider.dispatchEvent(new Event('input'));
      while (document.querySelector('.moment').textContent === 'now') await new Promise(requestAnimationFrame);
      return performance.now() - start;
    })()`);
      expect(took).toBeLessThan(1000 * PATIENCE);
      expect(await tab.evaluate("document.querySelector('#sessions details').open")).toBe(true);
      expect(await tab.evaluate("document.querySelector('#requests details').open")).toBe(false);
    },
  );

  inBrowser("is painted soon, also of a large hub", async () => {
    const story = aLongStory(200, 2000);
    const { tab } = await open(aLargeHub(200, 2000), 1400, "light", pack(story));
    const painted = await tab.evaluate<number>(
      "new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true }))",
    );
    expect(painted).toBeLessThan(FIRST_PAINT_MS * PATIENCE);
  });
});
