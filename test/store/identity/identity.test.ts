import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Host } from "../../../src/store/host/state-directory.ts";
import { findIdentity, rememberIdentity } from "../../../src/store/identity/identity.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { sessionId } from "../../support/hub-with.ts";

type Place = { hub?: string; env?: Record<string, string>; directory?: string };
const TERMINAL = { CLAUDE_CODE_SESSION_ID: "terminal-1" };

/** A host with a project that is a checkout, a second project, and a terminal. */
function setUp() {
  const sandbox = openSandbox();
  const project = sandbox.folder("project");
  mkdirSync(join(project, ".git"));
  mkdirSync(join(sandbox.folder("other"), ".git"));
  const host = new Host({ HIVE_STATE_DIR: sandbox.folder("state") }, "");
  const at = ({ hub = "https://example.org/hub.git", env = TERMINAL, directory = project }: Place) =>
    [{ name: hub, address: hub }, { env, ancestors: () => [] }, host, directory] as const;
  return {
    sandbox,
    project,
    register: (session: string, place: Place = {}) => rememberIdentity(sessionId(session), ...at(place)),
    who: (told?: string, place: Place = {}) => findIdentity(told, ...at(place)),
  };
}

describe("the acting session is", () => {
  it("the one of --as, before all others", () => {
    const { register, who } = setUp();
    register("registered");
    const env = { ...TERMINAL, HIVE_SESSION: "by-variable" };
    expect(who("by-option", { env })).toEqual({ session: "by-option", source: "--as" });
  });

  it("the one of HIVE_SESSION, before a registered one", () => {
    const { register, who } = setUp();
    register("registered");
    const env = { ...TERMINAL, HIVE_SESSION: "by-variable" };
    expect(who(undefined, { env })).toEqual({ session: "by-variable", source: "HIVE_SESSION" });
  });

  it("the only one registered here, also in a subfolder, also after it registered again", () => {
    const { register, who, sandbox } = setUp();
    register("registered");
    register("registered");
    const directory = sandbox.folder("project", "src", "deep");
    expect(who(undefined, { directory })).toEqual({ session: "registered", source: "registered here" });
  });

  it("unknown when none was registered, and the error names the three ways to name one", () => {
    const { who } = setUp();
    expect(() => who()).toThrow(
      expect.objectContaining({
        code: "no_identity",
        failure: "usage",
        hint: expect.stringMatching(/--as <session>.*HIVE_SESSION=<session>.*hive register <session>/),
      }),
    );
  });

  it("never guessed between two that were registered here; both are named", () => {
    const { register, who } = setUp();
    const place = { env: { TMUX_PANE: "%1" } };
    register("session-2", place);
    register("session-1", place);
    expect(() => who(undefined, place)).toThrow(
      expect.objectContaining({
        code: "ambiguous_identity",
        message: expect.stringMatching(/session-1 and session-2/),
      }),
    );
    expect(who("session-2", place).session).toBe("session-2");
  });

  it("unknown when HIVE_SESSION is empty", () => {
    const { who } = setUp();
    expect(() => who(undefined, { env: { ...TERMINAL, HIVE_SESSION: "" } })).toThrow(
      expect.objectContaining({ code: "no_identity" }),
    );
  });
});

describe("a registration is not valid", () => {
  it.each<[string, Place]>([
    ["in another terminal", { env: { CLAUDE_CODE_SESSION_ID: "terminal-2" } }],
    ["in a terminal of another kind with the same number", { env: { TMUX_PANE: "terminal-1" } }],
    ["for another hub", { hub: "https://example.org/other.git" }],
  ])("%s", (_, place) => {
    const { register, who } = setUp();
    register("session-1");
    expect(() => who(undefined, place)).toThrow(expect.objectContaining({ code: "no_identity" }));
  });

  it("in another project", () => {
    const { register, who, sandbox } = setUp();
    const env = { TMUX_PANE: "%1" };
    register("session-1", { env });
    expect(() => who(undefined, { env, directory: sandbox.folder("other") })).toThrow(
      expect.objectContaining({ code: "no_identity" }),
    );
  });
});

describe("a coding tool's session", () => {
  it("keeps its name in every directory, and in whatever terminal it is resumed", () => {
    const { register, who, sandbox } = setUp();
    register("session-1", { env: { ...TERMINAL, TMUX_PANE: "%1", TMUX: "one" } });
    const resumed = { env: { ...TERMINAL, TMUX_PANE: "%7", TMUX: "two" } };
    expect(who(undefined, resumed)).toMatchObject({ session: "session-1", source: "registered here" });
    const elsewhere = { ...resumed, directory: sandbox.folder("other") };
    expect(who(undefined, elsewhere)).toMatchObject({
      session: "session-1",
      source: "this tool's session",
    });
  });

  it("has the name that the user chose last, in every project", () => {
    const { register, who, sandbox } = setUp();
    register("session-1");
    const directory = sandbox.folder("other");
    register("session-2", { directory });
    expect(who(undefined, { directory }).session).toBe("session-2");
    expect(who().session).toBe("session-2");
    expect(who(undefined, { directory: sandbox.folder("third") }).session).toBe("session-2");
  });
});

it("two coding tools in one checkout are two sessions, also in the same terminal", () => {
  const { register, who } = setUp();
  const [one, two] = ["one", "two"].map((id) => ({ env: { CLAUDE_CODE_SESSION_ID: id, TMUX_PANE: "%1" } }));
  register("session-1", one);
  register("session-2", two);
  expect([who(undefined, one).session, who(undefined, two).session]).toEqual(["session-1", "session-2"]);
});

it.each(["../../etc/passwd", "Session-1", "all", "a", "x".repeat(65), "session 1", "\u001b[31m"])(
  "the name %j is not a session id, from any source",
  (name) => {
    const { who } = setUp();
    const refused = expect.objectContaining({ failure: "usage" });
    expect(() => who(name)).toThrow(refused);
    expect(() => who(undefined, { env: { ...TERMINAL, HIVE_SESSION: name } })).toThrow(refused);
  },
);
