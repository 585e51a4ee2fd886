/**
 * Our plugin for opencode, as it is written into the user's project. It runs in opencode's own process and starts
 * git-hive at each event. Everything that fails in it is silent, because a failure would disturb the session.
 */
export const PLUGIN = [
  "// git-hive's plugin for opencode: it calls git-hive hook opencode. `hive setup opencode --remove` takes it out.",
  'import { spawn, spawnSync } from "node:child_process";',
  'import process from "node:process";',
  "",
  // In lines of their own, because checks of packages take a bundle with such statements in it for a module.
  body(),
  "export { GitHive };",
  "",
].join("\n");

function body(): string {
  return `const EDITS = new Set(["edit", "write", "patch", "multiedit", "apply_patch", "bash"]);
const ASKS = new Set(["permission.asked", "question.asked"]);
const ANSWERS = new Set(["permission.replied", "question.replied", "question.rejected"]);
const CALL_TIMEOUT_MS = 8000;
/** A little less than the throttle of git-hive. */
const BEAT_PAUSE_MS = 105000;

const GitHive = async ({ client, directory }) => {
  /** Each session of the user: what this process knows of it. */
  const sessions = new Map();
  /** The session of the user to which each session belongs: a subagent has one of its own. */
  const roots = new Map();
  let hasEnded = false;

  const callOf = (event, id) => ({
    argv: ["hook", "opencode", event],
    options: {
      cwd: directory,
      env: { ...process.env, OPENCODE_SESSION_ID: id },
      shell: process.platform === "win32",
      windowsHide: true,
    },
  });

  /** Tells git-hive of an event; its answer, empty where it has none. */
  const tell = (event, id, more = {}) =>
    new Promise((resolve) => {
      const { argv, options } = callOf(event, id);
      const child = spawn("git-hive", argv, { ...options, stdio: ["pipe", "pipe", "ignore"] });
      const timer = setTimeout(() => child.kill(), CALL_TIMEOUT_MS);
      let out = "";
      const end = () => {
        clearTimeout(timer);
        try {
          resolve(JSON.parse(out));
        } catch {
          resolve({});
        }
      };
      child.on("error", end).on("close", end);
      child.stdout.on("data", (chunk) => {
        out += chunk;
      });
      child.stdin.on("error", () => undefined);
      child.stdin.end(JSON.stringify({ session_id: id, cwd: directory, ...more }));
    });

  const rootOf = async (id) => {
    if (roots.has(id)) return roots.get(id);
    const { parentID } = await client.session.get({ path: { id } }).then(
      ({ data }) => data ?? {},
      () => ({}),
    );
    const root = parentID ? await rootOf(parentID) : id;
    roots.set(id, root);
    return root;
  };

  const end = () => {
    if (hasEnded) return;
    hasEnded = true;
    for (const id of sessions.keys()) {
      const { argv, options } = callOf("end", id);
      const input = JSON.stringify({ session_id: id, cwd: directory, reason: "exit" });
      spawnSync("git-hive", argv, { ...options, input, stdio: ["pipe", "ignore", "ignore"], timeout: CALL_TIMEOUT_MS });
    }
  };
  process.once("exit", end);

  const startOf = async (id) => {
    const known = sessions.get(id);
    if (known !== undefined && !known.isCompacted) return undefined;
    sessions.set(id, { beatAt: 0, notes: [], ...known, isCompacted: false });
    const { context } = await tell("start", id, { source: known === undefined ? "startup" : "compact" });
    return context;
  };

  /** Goes on with the session where something urgent is new. */
  const hold = async (id) => {
    if (!sessions.has(id)) return;
    const { hold: text } = await tell("stop", id);
    if (!text) return;
    const parts = [{ type: "text", text, synthetic: true }];
    await client.session.promptAsync({ path: { id }, body: { parts } }).catch(() => undefined);
  };

  return {
    "chat.message": async ({ sessionID }, { message, parts }) => {
      if ((await rootOf(sessionID)) !== sessionID) return;
      const prompt = parts.flatMap((part) => (part.type === "text" && !part.synthetic ? [part.text] : [])).join("\\n");
      const briefing = await startOf(sessionID);
      // What git-hive itself sent back is no prompt of the user's.
      const { context } = prompt === "" ? {} : await tell("prompt", sessionID, { prompt });
      const text = [briefing, context].filter(Boolean).join("\\n");
      if (text === "") return;
      const id = "prt_" + Date.now().toString(16).padStart(12, "0") + Math.random().toString(36).slice(2, 16).padEnd(14, "0");
      parts.push({ id, sessionID, messageID: message.id, type: "text", text, synthetic: true });
    },
    "tool.execute.before": async ({ tool, sessionID }, { args }) => {
      if (!EDITS.has(tool)) return;
      const root = await rootOf(sessionID);
      const { deny, context } = await tell("edit", root, { tool_name: tool, tool_input: args });
      if (deny) throw new Error(deny);
      if (context) sessions.get(root)?.notes.push(context);
    },
    "tool.execute.after": async ({ tool, sessionID }, output) => {
      const session = sessions.get(await rootOf(sessionID));
      if (session === undefined) return;
      const notes = session.notes.splice(0);
      if (notes.length > 0 && typeof output.output === "string") output.output += "\\n" + notes.join("\\n");
      if (Date.now() - session.beatAt < BEAT_PAUSE_MS) return;
      session.beatAt = Date.now();
      await tell("beat", await rootOf(sessionID), { tool_name: tool });
    },
    "shell.env": async ({ sessionID }, { env }) => {
      if (sessionID) env.OPENCODE_SESSION_ID = await rootOf(sessionID);
    },
    event: async ({ event: { type, properties } }) => {
      const id = properties?.sessionID ?? properties?.info?.id;
      if (ASKS.has(type)) {
        const { permission, patterns, questions } = properties;
        await tell("wait", await rootOf(id), { permission, patterns, questions });
      }
      if (ANSWERS.has(type)) await tell("beat", await rootOf(id));
      if (type === "session.compacted" && sessions.has(id)) sessions.get(id).isCompacted = true;
      if (type === "session.idle") await hold(id);
    },
    // A run without a screen ends with its turn. What is urgent has to come while the session is still busy.
    "experimental.text.complete": async ({ sessionID }) => hold(sessionID),
    dispose: async () => end(),
  };
};`;
}
