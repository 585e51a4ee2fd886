import type { LogEntry } from "../log.ts";
import { firstLine } from "../values/visible.ts";

/** For each kind: the start of its commit subject, and the text that replaces it after the session's name. */
const FORMS: Readonly<Record<string, readonly [start: RegExp, replacement: string]>> = {
  request: [/^request (collab-\S+): \S+ (asks .*)/, "$2 ($1)"],
  accept: [/^accept (collab-\S+): [^\s:]+/, "accepts $1"],
  start: [/^start (collab-\S+): [^\s:]+/, "starts $1"],
  complete: [/^complete (collab-\S+): [^\s:]+/, "completes $1"],
  decline: [/^decline (collab-\S+): [^\s:]+/, "declines $1"],
  cancel: [/^cancel (collab-\S+): [^\s:]+/, "cancels $1"],
  broadcast: [/^broadcast( \[\w+\])? [^\s:]+:/, "to all$1:"],
  register: [/^register [^\s:]+:/, "registers:"],
  heartbeat: [/^heartbeat [^\s,]+ ([a-z0-9_-]+(?: until [-\d:T]+Z)?)(?=:|$)/, "is $1"],
  handoff: [/^handoff (collab-\S+): \S+ (hands .*)/, "$2 ($1)"],
  takeover: [/^takeover (\S+): \S+ has (.*)/, "takes over $2 from $1"],
  reclaim: [/^reclaim (collab-\S+): [^\s:]+ takes it back/, "takes back $1"],
  leave: [/^leave [^\s:]+/, "leaves"],
  send: [/^send [^\s:]+ (?=(?:to|asks|acknowledges) )/, ""],
  needs: [/^needs [^\s:]+: /, "asks its human: "],
  tell: [/^tell( \[\w+\])? [^\s:]+ to /, "tells "],
  reply: [/^reply [^\s:]+ (?=(?:to|asks|acknowledges) )/, ""],
  follow: [/^follow [^\s:]+: /, "follows "],
  mute: [/^mute [^\s:]+: /, "mutes "],
  offer: [/^offer [^\s:]+: /, "offers "],
  withdraw: [/^withdraw [^\s:]+: /, "withdraws "],
  claim: [/^claim (.*?): [^\s:]+ (?=until )/, "claims $1 "],
  renew: [/^renew (.*?): [^\s:]+ (?=until )/, "renews $1 "],
  release: [/^release (.*): [^\s:]+$/, "releases $1"],
  availability: [/^availability [^\s:]+: /, "sets its availability: "],
  expire: [/^expire: /, "applies deadlines: "],
  retire: [/^retire /, "retires "],
  refusal: [/^refuse (\S+) by [^\s:]+:/, "may not $1:"],
};

/**
 * An entry as one line: `session-2 accepts collab-1763229251-k3f9: After lunch`. A subject of an unknown form is
 * shown unchanged. The text comes from the commit's author; control characters are made visible and long text is cut.
 */
export function describeEntry({ kind, session, subject }: LogEntry): string {
  const by = firstLine(session, 80);
  const line = firstLine(subject, 200);
  const [start, replacement = ""] = Object.hasOwn(FORMS, kind) ? (FORMS[kind] ?? []) : [];
  return start?.test(line) ? `${by} ${line.replace(start, replacement)}` : `${by}: ${line}`;
}
