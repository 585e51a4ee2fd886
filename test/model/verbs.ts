import fc from "fast-check";
import { commandsOf, type Real, type Verb } from "./act.ts";
import { looks } from "./look.ts";
import type { Model } from "./model.ts";
import { EXPIRE_VERBS } from "./verbs-expire.ts";
import { HANDOVER_VERBS } from "./verbs-handovers.ts";
import { CLAIM_VERBS } from "./verbs-leases.ts";
import { LEAVE_VERBS } from "./verbs-leave.ts";
import { MOVE_VERBS } from "./verbs-moves.ts";
import { NEED_VERBS } from "./verbs-needs.ts";
import { REQUEST_VERBS } from "./verbs-requests.ts";
import { RETIRE_VERBS } from "./verbs-retire.ts";
import { SESSION_VERBS } from "./verbs-sessions.ts";
import { SKILL_VERBS } from "./verbs-skills.ts";
import { TALK_VERBS } from "./verbs-talk.ts";

const STANDING = [...SESSION_VERBS, ...SKILL_VERBS, ...EXPIRE_VERBS, ...RETIRE_VERBS];
const WORK = [...REQUEST_VERBS, ...MOVE_VERBS, ...HANDOVER_VERBS, ...LEAVE_VERBS];

export const VERBS: readonly Verb<unknown>[] = [
  ...STANDING,
  ...WORK,
  ...TALK_VERBS,
  ...NEED_VERBS,
  ...CLAIM_VERBS,
];

/** All verbs together, and those that build on each other by themselves: rows of them come further. */
const AREAS = [
  VERBS,
  [...STANDING, ...SESSION_VERBS, ...EXPIRE_VERBS],
  [...WORK, ...EXPIRE_VERBS],
  [...REQUEST_VERBS, ...MOVE_VERBS.filter(({ kind }) => kind === "accept"), ...HANDOVER_VERBS],
  [...TALK_VERBS, ...REQUEST_VERBS, ...EXPIRE_VERBS],
  [...CLAIM_VERBS, ...EXPIRE_VERBS],
  [...NEED_VERBS, ...TALK_VERBS, ...LEAVE_VERBS, ...RETIRE_VERBS],
];

export const acts: fc.Arbitrary<Iterable<fc.AsyncCommand<Model, Real>>> = fc.oneof(
  ...AREAS.map((verbs) => fc.commands([...verbs.map(commandsOf), looks], { maxCommands: 100, size: "max" })),
);
