import { beforeEach, describe, expect, it } from "vitest";
import { Console, errorOf } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { hubWith } from "../support/hub-with.ts";
import type { Sandbox } from "../support/sandbox.ts";

let sandbox: Sandbox;
let alice: Console;
let bob: Console;

beforeEach(async () => {
  sandbox = openSandbox();
  const hub = await hubWith(sandbox, "alice", "bob");
  const as = (session: string) => new Console(sandbox, { env: { HIVE_HUB: hub, HIVE_SESSION: session } });
  [alice, bob] = [as("alice"), as("bob")];
});

const idOf = async (by: Console, ...argv: string[]) => (await by.print("-q", ...argv)).trim();

describe("a log that is cut", () => {
  it("says how many entries it leaves out, and the call that shows them", async () => {
    for (const text of ["One", "Two", "Three"]) await bob.print("broadcast", text);
    await alice.print("request", "bob", "Help");
    for (const filter of [[], ["--since", "2h"], ["--session", "bob"], ["--kind", "request,broadcast"]]) {
      const all = (await alice.print("log", ...filter)).trimEnd().split("\n");
      const cut = (await alice.print("log", ...filter, "-n", "2")).trimEnd().split("\n");
      const [, more = "", argv = ""] = /^(\d+) more: hive (.*)$/.exec(cut.at(-1) ?? "") ?? [];
      expect(cut.slice(0, -1)).toEqual(all.slice(0, 2));
      expect(Number(more)).toBe(all.length - 2);
      expect(await alice.json("log", ...filter, "-n", "2")).toMatchObject({ more: all.length - 2 });
      expect(await alice.json("log", ...filter)).not.toHaveProperty("more");
      const words = argv.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? [];
      expect((await alice.print(...words)).trimEnd().split("\n")).toEqual(all);
    }
    expect((await alice.print("log", "--request", "collab-", "-n", "9")).trimEnd()).not.toContain("more:");
  });
});

it("hive dashboard counts questions to a person apart from what no session answers", async () => {
  const inFolder = alice.with({ directory: sandbox.folder("pages") });
  await alice.print("needs", "Which axes?");
  await alice.print("need", "chess", "Play");
  await bob.print("need", "go", "Play");
  expect(await inFolder.print("dashboard")).toContain(
    "2 sessions, 1 question to a person (hive needs), 2 requests that no session is about to answer (first in the page)\n",
  );
});

describe("muting and following", () => {
  it("say where one ends the other, which its undoing does not bring back", async () => {
    await alice.print("follow", "deploy");
    expect(await alice.print("mute", "deploy")).toContain(
      'You follow it no more. hive unmute does not change that: hive follow "#deploy"\n',
    );
    await alice.print("mute", "deploy");
    expect(await alice.json("mute", "deploy")).not.toHaveProperty("result.stopped");
    expect(await alice.json("follow", "deploy")).toHaveProperty("result.stopped", "mutes");
    expect(await alice.print("unfollow", "deploy")).not.toContain("no more");
  });
});

describe("a mistyped name", () => {
  it.each([
    [["request", "bobb", "Help"], 3, "Did you mean bob?"],
    [["send", "bbo", "Hello"], 3, "Did you mean bob?"],
    [["retire", "bobb"], 3, "Did you mean bob?"],
    [["request", "bob", "x", "hihg"], 2, "Did you mean high?"],
    [["request", "bob", "Fix it", "hihg"], 2, "Did you mean high?"],
    [["request", "bob", "x", "Urgent"], 2, "Did you mean urgent?"],
    [["broadcast", "x", "urg"], 2, "Did you mean urgent?"],
    [["need", "css", "x", "noraml"], 2, "Did you mean normal?"],
    [["send", "bob", "x", "--prio", "high"], 2, "Did you mean --priority?"],
    [["request", "bob", "x", "--urgent"], 2, "Did you mean --priority urgent?"],
    [["wait", "messages"], 2, "Did you mean message?"],
    [["watch", "--kind", "foo"], 2, "The kinds are: init, "],
    [["log", "--follow", "--kind", "foo"], 2, "The kinds are: init, "],
    [
      ["log", "--since", "last week"],
      2,
      'Cannot read "last week" as a time. Examples: 2h (ago), 9:00, yesterday, 7d, mon',
    ],
    [
      ["availability", "Mon-Fri", "09:00-17:00"],
      2,
      'To set your hours: hive availability set "Mon-Fri 09:00-17:00"',
    ],
    [["log", "--since", "tomorrow"], 2, '"tomorrow" is in the future. Examples: 2h (ago), 9:00, yesterday'],
  ])("is refused with the right one: %j", async (argv, code, said) => {
    const before = await alice.json("log");
    const ran = await alice.run("--json", ...argv);
    expect(ran).toMatchObject({ code, out: "" });
    const { message, hint } = errorOf(ran);
    expect(`${message} ${hint}`).toContain(said);
    expect(await alice.json("log")).toEqual(before);
  });

  it("is not suspected in a text of several words, nor beside a priority", async () => {
    expect((await alice.run("request", "bob", "I", "am", "hihg")).err).toContain(
      "hihg is the last word of the text. To make it the priority: --priority high",
    );
    for (const argv of [
      ["x", "hihg", "--priority", "normal"],
      ["go", "home"],
    ])
      expect(await alice.run("request", "bob", ...argv)).toMatchObject({ code: 0, err: "" });
  });
});

describe("a move without a request", () => {
  it("lists the requests on which it can be made", async () => {
    expect(errorOf(await bob.run("--json", "accept")).hint).toBe(
      "There is none that bob can accept now. See: hive inbox",
    );
    const id = await idOf(alice, "request", "bob", "Need a UI");
    const open = await idOf(alice, "need", "go", "Need a parser");
    await alice.print("request", "bob", "Too late", "--for", "1s");
    sandbox.clock.now += 2000;
    const listed = `${id} «Need a UI»`;
    const bare = await bob.run("--json", "accept");
    expect(bare).toMatchObject({ code: 2, out: "" });
    expect(errorOf(bare).hint).toBe(`You can accept now (their texts are unverified): ${listed}`);
    const { hint: declinable } = errorOf(await bob.run("--json", "decline"));
    for (const each of [listed, "«Too late»"]) expect(declinable).toContain(each);
    const named = await bob.run("--json", "accept", "collab");
    expect([named.code, errorOf(named)]).toEqual([
      3,
      {
        code: "unknown_request",
        message: "Every request's id starts with collab: give more of it, or its end.",
        hint: `You can accept now (their texts are unverified): ${listed}`,
      },
    ]);
    const { hint } = errorOf(await alice.run("--json", "cancel"));
    for (const each of [listed, `${open} «Need a parser»`]) expect(hint).toContain(each);
    expect(errorOf(await alice.run("--json", "complete")).hint).toContain("There is none");
    await bob.print("accept", id);
    expect(errorOf(await bob.run("--json", "complete")).hint).toContain(listed);
  });
});

describe("words where an id belongs", () => {
  it("list the requests that may be meant, the one that starts so first", async () => {
    const first = await idOf(alice, "request", "bob", "Need a UI");
    const meant = await idOf(alice, "request", "bob", "Look at the tests");
    for (const [by, argv] of [
      [bob, ["accept", "Look"]],
      [bob, ["decline", "look at the"]],
      [alice, ["cancel", "Look at"]],
    ] as const) {
      const ran = await by.run("--json", ...argv);
      expect([ran.code, errorOf(ran).code]).toEqual([3, "unknown_request"]);
      expect(errorOf(ran).hint).toContain(`${meant} «Look at the tests», ${first} «Need a UI»`);
    }
    expect(errorOf(await bob.run("--json", "complete", "Look")).hint).toContain("There is none");
  });

  it.each([
    ["accept", "queued ask"],
    ["cancel", "ask!"],
    ["start", "abc"],
    ["reclaim", "queued ask"],
    ["handoff", "bob", "--request", "queued ask", "--goal", "It"],
    ["reply", "the port", "8005"],
  ])("are refused at once, also without the hub: %j", async (...argv) => {
    const away = alice.with({ directory: sandbox.folder("away") });
    const ran = await away.run("--offline", ...argv);
    expect([2, 3]).toContain(ran.code);
    expect(await away.json("--offline", "outbox")).toMatchObject({ operations: [] });
    expect((await away.run("--offline", "accept", "k3f9")).code).toBe(4);
  });

  it.each([
    [["reply", "in db/schema"], "No message is named", 'hive reply <message> "in db/schema"'],
    [["reply", "01KG9M2V00"], "The reply has no text.", 'hive reply 01KG9M2V00 "<text>"'],
    [["send", "hello bob"], "No session or topic is named.", 'hive send <session> "hello bob"'],
    [["send", "bob"], "The message has no text.", 'hive send bob "<text>"'],
    [["send", "Bob", "x"], '"Bob" is neither a session nor a topic.', "Did you mean bob?"],
    [["send", "@bob", "x"], '"@bob" is neither', "Did you mean bob?"],
    [["send", "bob,carl", "x"], '"bob,carl" is neither', "Name one session a call: bob, then carl."],
    [["request", "@bob", "x"], '"@bob" is not a session id.', "Did you mean bob?"],
    [["need", "css"], "The text is missing.", ""],
    [["broadcast"], "The text is missing.", ""],
  ])("are told apart from a missing text: %j", async (argv, message, hint) => {
    const ran = await alice.run("--json", ...argv);
    expect(ran.code).toBe(2);
    expect(errorOf(ran).message).toContain(message);
    expect(errorOf(ran).hint).toContain(hint);
    expect(errorOf(ran).message).not.toContain("--to");
  });
});

describe("a skill that may be a typo", () => {
  it("is said with the command that takes the request back, and lands all the same", async () => {
    await bob.print("offer", "react");
    const ran = await alice.run("need", "reactt", "Help");
    const [, , id = ""] =
      /^Did you mean (react)\? To take this request back: hive cancel (\S+)\n$/.exec(ran.err) ?? [];
    expect([ran.code, await alice.print("cancel", id)]).toEqual([0, expect.stringContaining("is cancelled")]);
    expect((await alice.run("need", "react", "Help")).err).toBe("");
    expect((await alice.run("need", "chess", "Help")).err).toBe("");
    for (const command of ["skills", "find-help"])
      expect(await alice.print(command, "reactt")).toContain("Did you mean react?\n");
    expect(await alice.print("skills", "react")).not.toContain("Did you mean");
  });
});

describe("a time as people write it", () => {
  it("is taken by every option of a time", async () => {
    expect(await alice.print("pause", "--for", "30 min")).toContain("until 2026-01-31T12:30:00Z");
    expect(await alice.print("pause", "2 hours")).toContain("until 2026-01-31T14:00:00Z");
    expect(await alice.print("claim", "issue-1", "--for", "3hours")).toContain("until 2026-01-31T15:00:00Z");
    expect((await alice.run("sync", "--timeout", "2min")).code).toBe(0);
    expect(errorOf(await alice.run("--json", "pause", "--for", "10")).message).toMatch(/^--for: /);
    const { hint } = errorOf(
      await alice.with({ env: { TZ: "Europe/Berlin" } }).run("--json", "availability", "set", "Mon-Fri 9-17"),
    );
    expect(hint).toBe('With this machine\'s zone: hive availability set "Mon-Fri 9-17 Europe/Berlin"');
  });
});

describe("words and flags of other tools", () => {
  it.each([
    [["log", "-3"], "hive log -n 3"],
    [["log", "--oneline"], "hive log prints a line for each operation"],
    [["request", "bob", "x", "-p", "high"], "Did you mean --priority <priority>?"],
    [["renew", "--all"], "hive renew <key|path>"],
    [["release", "--mine"], "hive release --all"],
    [["inbox", "--unread"], "hive inbox shows what is unread"],
    [["dashboard", "x.html"], "hive dashboard --out x.html"],
    [["init", "git@h:t/hub.git"], "hive init --remote git@h:t/hub.git"],
    [["answer"], "hive reply, hive tell (as a person) or hive accept."],
    [["lease"], "Here it is hive claim."],
    [["block"], "hive claim --help"],
    [["steal"], "hive takeover --help"],
    [["commit"], "hive complete --help"],
    [["pause", "--for", "10"], "--for: "],
    [["request", "bob", "x", "--priority", "urgnt"], "Did you mean urgent?"],
    [["takeover", "alice"], "alice cannot take over from itself."],
    [["handoff", "alice", "--goal", "It"], "alice cannot hand over to itself."],
  ])("lead to what does it here: %j", async (argv, said) => {
    const { code, err } = await alice.run(...argv);
    expect([2, 3]).toContain(code);
    expect(err.replaceAll("\n", " ")).toContain(said);
    expect(err).not.toContain("If it belongs to the text");
  });
});

it("a hub without sessions is not said to have some, and its next step is said once", async () => {
  const folder = sandbox.folder("anew");
  const anew = new Console(sandbox, { directory: folder });
  const hub = (await anew.print("init", "-q")).trim();
  const joined = await anew.print("join", hub);
  expect(joined.match(/hive register/g)).toHaveLength(1);
  const again = await anew.run("init", "--remote", await sandbox.bareHub());
  expect(again).toMatchObject({ code: 2, err: expect.not.stringContaining("sessions are there") });
});

describe("an inbox with more than it shows", () => {
  const later = () => {
    sandbox.clock.now += 1000;
  };
  const long = (words: string) => `${words} ${"word ".repeat(300)}`;

  it("shows the most urgent and then the newest request, and names the others with a command that shows them", async () => {
    const old = await idOf(alice, "request", "bob", long("Old"));
    later();
    const urgent = await idOf(alice, "request", "bob", long("Urgent"), "urgent");
    later();
    const fresh = await idOf(alice, "request", "bob", "Fresh");
    const { requests } = await bob.json<{ requests: { request_id: string }[] }>("inbox");
    expect(requests.map(({ request_id }) => request_id)).toEqual([urgent, fresh, old]);
    const shown = await bob.print("inbox");
    expect(shown).toContain(`${fresh}: alice asks`);
    const [, command = ""] = new RegExp(`and 1 more request: ${old}\nSee it: hive (.+)\n`).exec(shown) ?? [];
    for (const extra of [[], ["A message"]]) {
      if (extra.length > 0) await alice.print("send", "bob", ...extra);
      const again =
        extra.length > 0 ? /See (?:it|them): hive (.+)\n/.exec(await bob.print("inbox"))?.[1] : command;
      const all = await bob.print(...(again ?? "").split(" "));
      for (const id of [urgent, fresh, old]) expect(all).toContain(`${id}: alice asks`);
      expect(all).not.toContain("more request");
    }
  });

  it("does so for questions without an answer", async () => {
    const asked: string[] = [];
    for (let each = 0; each < 6; each++) {
      later();
      asked.push(await idOf(alice, "send", "bob", `Question ${each}?`, "--intent", "ask"));
    }
    const shown = await alice.print("inbox");
    expect(shown).toContain("Question 5?");
    expect(shown).toMatch(/\nand 1 more question without an answer: \w+\nSee it: hive inbox --limit 6\n$/);
    expect(await alice.print("inbox", "--limit", "6")).toContain("Question 0?");
  });
});

describe("an inbox", () => {
  it("lists what its session has, with the next command, until it ends", async () => {
    const id = await idOf(alice, "request", "bob", "Need a UI");
    await bob.print("accept", id);
    const line = (state: string, move: string) =>
      `You have: ${id} «Need a UI» of alice, ${state} 0s ago. Next: hive ${move} ${id}\n`;
    expect(await bob.print("inbox")).toContain(line("accepted", "start"));
    await bob.print("start", id);
    expect(await bob.print("inbox")).toMatch(/^Nothing new for bob/);
    expect(await bob.print("inbox")).toContain(line("in progress", "complete"));
    expect(await bob.json("inbox")).toMatchObject({ held: [{ request_id: id }] });
    await bob.print("complete", id);
    expect(await bob.print("inbox")).not.toContain("You have");
  });

  it.each([[], ["-m", "No time"]])(
    "names the next step of a request that was declined: %j",
    async (...note) => {
      const id = await idOf(alice, "request", "bob", "Need a UI");
      await bob.print("decline", id, ...note);
      expect(await alice.print("inbox")).toContain('  Ask another: hive match "Need a UI"\n');
      expect(await alice.print("wait", id)).toContain('Ask another: hive match "Need a UI"\n');
    },
  );
});

describe("an answered request", () => {
  it.each(["accept", "decline"])("is no unread message any more: %s", async (move) => {
    const id = await idOf(alice, "request", "bob", "Need a UI");
    await bob.print(move, id);
    await alice.print("send", "bob", "And now?");
    expect(await bob.json("inbox")).toMatchObject({ messages: [{ body: "And now?" }], unread: 1 });
  });
});

describe("an answered question", () => {
  it("no longer asks for an answer", async () => {
    const id = await idOf(alice, "send", "bob", "Which port?", "--intent", "ask");
    expect(await bob.print("inbox")).toContain("Answer: hive reply");
    expect(await bob.print("thread", id)).toContain("Answer: hive reply");
    await bob.print("reply", id, "8005");
    for (const argv of [["inbox", "--all"], ["inbox"], ["thread", id]])
      expect(await bob.print(...argv)).not.toContain("Answer: hive reply");
  });
});

describe("the reason of a pause", () => {
  const works = async () => {
    const { sessions } = await alice.json<{ sessions: { id: string; current_work: string }[] }>("sync");
    return sessions.find(({ id }) => id === "bob")?.current_work;
  };

  it.each([
    ["resume", () => bob.print("resume")],
    ["status --state", () => bob.print("status", "--state", "idle")],
    ["register", () => bob.print("register", "bob", "--state", "active", "--take-over")],
    ["leave and a write", () => bob.print("leave").then(() => bob.print("heartbeat"))],
  ])("is gone after it, and the work is back: %s", async (_, end) => {
    await bob.print("status", "Charts");
    await bob.print("pause", "-m", "Lunch");
    await bob.print("pause", "-m", "A long lunch");
    expect(await works()).toBe("A long lunch");
    await end();
    expect(await works()).toBe("Charts");
    expect(await bob.run("validate")).toMatchObject({ code: 0 });
  });

  it("is gone at its end, for every reader and with every write", async () => {
    await bob.print("status", "Charts");
    await bob.print("pause", "--for", "1h", "-m", "Lunch");
    sandbox.clock.now += 3_600_000;
    expect(await works()).toBe("Charts");
    await bob.print("broadcast", "Back");
    expect(await works()).toBe("Charts");
    await bob.print("heartbeat");
    expect(await works()).toBe("Charts");
  });

  it("is not the work that was told meanwhile", async () => {
    await bob.print("pause", "-m", "Lunch");
    await bob.print("status", "Tables");
    await bob.print("resume");
    expect(await works()).toBe("Tables");
    await bob.print("pause", "-m", "Tea");
    await bob.print("resume", "-m", "Maps");
    expect(await works()).toBe("Maps");
    await bob.print("pause");
    expect(await works()).toBe("Maps");
  });
});

describe("hive leave", () => {
  it("sends each requester one short message, and reclaim then says how it is", async () => {
    const ids = [];
    for (const text of ["One", "Two", "Three"]) {
      ids.push(await idOf(alice, "request", "bob", text));
      sandbox.clock.now += 1000;
    }
    const left = await bob.print("leave");
    for (const id of ids) expect(left).toContain(id);
    expect(left).toContain("«One»");
    const { messages } = await alice.json<{ messages: { subject: string; body: string }[] }>("inbox");
    expect(messages).toMatchObject([{ from: "bob", subject: "3 requests are open again" }]);
    expect(messages[0]?.body).toBe(
      `bob left. Open again, for any session: ${ids[0]} «One», ${ids[1]} «Two», ${ids[2]} «Three».`,
    );
    const back = await alice.run("--json", "reclaim", ids[0] ?? "");
    expect(back.code).toBe(3);
    expect(errorOf(back)).toMatchObject({
      code: "not_reclaimable",
      message: `Nothing to take back: ${ids[0]} is open, no session has it, and any session may accept it.`,
    });
  });
});

describe("hive takeover", () => {
  it("of what one asked for oneself names reclaim, accepted or not", async () => {
    const id = await idOf(alice, "request", "bob", "Need a UI");
    const taken = errorOf(await alice.run("--json", "takeover", "bob", "--force"));
    expect(taken).toMatchObject({ code: "nothing_open", hint: `Take them back: hive reclaim ${id}` });
  });
});

describe("a list of claims", () => {
  it("shows what is claimed whole on a terminal of 80 columns", async () => {
    await bob.print("claim", "issue-42-payment-provider", "issue-7", "--for", "1h", "-m", "A long note");
    const shown = await alice.with({ isTerminal: true, columns: () => 80 }).print("claims", "--no-color");
    expect(shown).toContain("issue-42-payment-provider");
    for (const line of shown.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe("hive retire", () => {
  it("says of a retired session since when it is, and changes nothing", async () => {
    await alice.print("retire", "bob", "--force");
    const [entry] = (await alice.json<{ entries: { at: string }[] }>("log", "--kind", "retire")).entries;
    sandbox.clock.now += 60_000;
    expect(await alice.print("retire", "bob")).toBe(`bob is retired already, since ${entry?.at}\n`);
    expect(await alice.json("retire", "bob")).toMatchObject({
      retired: [],
      already: [{ session: "bob", retired_at: entry?.at }],
    });
    expect(await alice.json("log", "--kind", "retire")).toMatchObject({ entries: [{ at: entry?.at }] });
  });

  it("and expire name requests with their first words, and so does the inbox with their notices", async () => {
    const held = await idOf(alice, "request", "bob", "Need a UI");
    await bob.print("accept", held);
    expect(await alice.print("retire", "bob", "--force", "--dry-run")).toContain(
      `${held} «Need a UI» expired, and its requester is told`,
    );
    expect(await alice.print("retire", "bob", "--force")).toContain(`${held} «Need a UI» expired`);
    expect(await alice.print("inbox")).toContain(`Request ${held} is yours again «Need a UI»`);
    const open = await idOf(alice, "need", "go", "Need a parser", "--for", "1h");
    sandbox.clock.now += 7_200_000;
    expect(await alice.print("expire", "--dry-run")).toContain(`${open} «Need a parser» expired`);
    expect(await alice.print("expire")).toContain(`${open} «Need a parser» expired`);
    expect(await alice.print("inbox")).toContain(`Request ${open} expired «Need a parser»`);
  });
});

describe("the outbox", () => {
  it("shows for whom each operation is, and its first words", async () => {
    const away = alice.with({ env: { HIVE_HUB: "https://127.0.0.1:1/hub.git" } });
    for (const argv of [
      ["send", "bob", "Which port?"],
      ["broadcast", "All quiet"],
      ["request", "bob", "Need a UI"],
      ["claim", "issue-7", "issue-8"],
      ["accept", "k3f9", "-m", "After lunch"],
      ["heartbeat", "--work", "Charts"],
    ])
      expect((await away.run("--offline", ...argv)).code).toBe(4);
    const lines = (await away.print("--offline", "outbox")).split("\n");
    for (const [index, what] of [
      "send by alice to bob: Which port?",
      "broadcast by alice to all: All quiet",
      "request by alice to bob: Need a UI",
      "claim by alice to issue-7, issue-8",
      "accept by alice to k3f9: After lunch",
      "heartbeat by alice: Charts",
    ].entries())
      expect(lines[index]).toContain(what);
    expect(await away.json("--offline", "outbox")).toMatchObject({
      operations: [{ to: "bob", text: "Which port?" }, {}, {}, {}, {}, {}],
    });
  });
});

it("the outbox says of a refused operation that it is never sent", async () => {
  await alice.run("--offline", "accept", "k3f9");
  await alice.print("sync");
  const out = await alice.print("outbox");
  expect(out).toMatch(
    /\n1 operation refused by the rules, and never sent. To clear: (hive outbox drop \S+ --yes)\n$/,
  );
  expect(out).not.toContain("not sent yet");
  await alice.run("--offline", "send", "bob", "Hello");
  expect(await alice.print("--offline", "outbox")).toContain(
    "\n1 operation not sent yet. To send it: hive sync\n",
  );
  await alice.print(...(/hive (outbox drop .*)$/m.exec(out)?.[1] ?? "").split(" "));
  expect(await alice.print("--offline", "outbox")).not.toContain("refused");
});

describe("unfollow and unmute", () => {
  it("do not take what they end for a typo", async () => {
    expect(await alice.print("unfollow", "deplyo")).not.toContain("typo");
    expect(await alice.print("unmute", "deplyo")).not.toContain("typo");
    expect(await alice.print("mute", "deplyo")).toContain("typo");
  });
});

describe("follow and mute without a name", () => {
  it("list what one follows or mutes, and write nothing", async () => {
    for (const verb of ["follow", "mute"])
      expect(await alice.print(verb)).toBe(`You ${verb} nothing. To ${verb}: hive ${verb} <topic>\n`);
    await alice.print("follow", "deploy");
    await alice.print("mute", "bob");
    const id = await idOf(alice, "send", "bob", "Which port?");
    await alice.print("follow", id);
    const before = await alice.json("log");
    expect(await alice.print("follow")).toBe(`#deploy\n${id} «Which port?»\n`);
    expect(await alice.print("-q", "follow")).toBe(`#deploy\n${id}\n`);
    expect(await alice.print("mute")).toBe("bob\n");
    expect(await alice.json("mute")).toEqual({ follows: ["#deploy", id], mutes: ["bob"] });
    expect(await alice.json("log")).toEqual(before);
  });

  it("need a registered session, and their inverses a name", async () => {
    expect((await alice.run("follow", "--as", "nobody")).code).toBe(3);
    expect((await alice.run("unfollow")).code).toBe(2);
  });

  it("are undone only where they were done", async () => {
    await alice.print("follow", "deploy");
    const before = await alice.json("log");
    expect(await alice.print("unfollow", "deplyo")).toBe(
      "You did not follow #deplyo. Did you mean #deploy? You follow: #deploy.\n",
    );
    expect(await alice.print("unmute", "bob")).toBe("You did not mute bob. You mute: nothing.\n");
    expect(await alice.json("unmute", "bob")).toMatchObject({ result: { target: "bob", changed: false } });
    expect(await alice.json("log")).toEqual(before);
    expect(await alice.print("unfollow", "deploy")).toBe("You follow: nothing.\n");
  });
});

describe("a retired session that registers again", () => {
  it("is told the call that returns, with the options that it gave", async () => {
    await alice.print("retire", "bob", "--force");
    const refused = await bob.run(
      "--json",
      "register",
      "bob",
      "--role",
      "Back end",
      "--skill",
      "go,sql",
      "--skill",
      "c",
    );
    expect(refused.code).toBe(3);
    const { hint } = errorOf(refused);
    expect(hint).toContain(
      'If you are that session, return: hive register bob --return --role "Back end" --skill "go,sql,c"',
    );
    const back = await bob.print("register", "bob", "--return", "--role", "Back end", "--skill", "go,sql,c");
    expect(back).toBe("Updated bob.\nNext: hive sync\n");
  });

  it("is told that its role and skills were not kept", async () => {
    await bob.print("register", "bob", "--role", "Back end", "--skill", "go", "--take-over");
    await alice.print("retire", "bob", "--force");
    expect(await bob.print("register", "bob", "--return", "--role", "Back end")).toBe(
      "Updated bob.\nIts skills were not kept when it was retired: hive register bob --skill <a,b>\nNext: hive sync\n",
    );
    await alice.print("retire", "bob", "--force");
    expect(await bob.print("register", "bob", "--return")).toContain(
      'Its role and skills were not kept when it was retired: hive register bob --role "<what it does>" --skill <a,b>\n',
    );
  });
});

describe("a priority before the text", () => {
  it("is taken where a quoted text follows it, and belongs to the text where it does not", async () => {
    const told = async (...argv: string[]) =>
      (await alice.json<{ result: { message: { body: string; priority: string } } }>(...argv)).result.message;
    for (const argv of [["broadcast"], ["send", "bob"], ["request", "bob"]])
      expect(await told(...argv, "high", "Production is down")).toMatchObject({
        body: "Production is down",
        priority: "high",
      });
    expect(await told("broadcast", "high", "tide")).toMatchObject({ body: "high tide", priority: "normal" });
    expect((await alice.run("broadcast", "high", "It is down", "--priority", "urgent")).code).toBe(2);
  });
});

describe("a search for an id", () => {
  it("finds the request or message that has it, open or archived", async () => {
    const id = await idOf(alice, "request", "bob", "Need a UI");
    const message = await idOf(alice, "send", "bob", "Which port?");
    for (const text of [id, id.slice(-4), id.slice(0, -2)])
      expect(await alice.json("search", text)).toMatchObject({ hits: [{ id, kind: "request" }] });
    expect(await alice.json("search", message)).toMatchObject({ hits: [{ id: message, kind: "message" }] });
    await alice.print("cancel", id);
    expect(await alice.json("search", id, "--all")).toMatchObject({ hits: [{ id }] });
  });
});

describe("what a command says next", () => {
  it("is a wait that ends, of a wrong wait", async () => {
    expect((await alice.run("wait", "bogus")).err).toContain("Example: hive wait message --timeout 10m. ");
  });

  it("is not to register, for a session that is registered", async () => {
    const hub = (await alice.json<{ hub: string }>("sync")).hub;
    expect(await alice.print("join", hub)).toContain("You are alice here. Next: hive sync\n");
    const stranger = new Console(sandbox, { env: { HIVE_HUB: hub } });
    expect(await stranger.print("join", hub)).toContain("Next: hive register <session>");
  });

  it("is said once of what waits in the outbox", async () => {
    await alice.run("--offline", "send", "bob", "Hello");
    const ran = await alice.run("--offline", "outbox");
    expect(ran.err).toBe("");
    expect(ran.out).toContain("\n1 operation not sent yet. To send it: hive sync\n");
  });
});
