import { SessionId } from "../../domain/values/ids.ts";
import * as z from "../../domain/values/z.ts";
import { wrongCall } from "../../errors.ts";
import { defineTool, describeWrite, Force, text } from "../tool.ts";

const Text = z.optional(z.string());
const Items = z.optional(z.array(z.string()));

export const handoff = defineTool({
  name: "handoff",
  description:
    "Hand over a request or your work. Also: lists done, in_progress, tried, decisions, files; next, branch, commit.",
  isReading: false,
  input: z.strictObject({
    to: z.optional(text("Session, else any")),
    request: z.optional(text("Its id")),
    goal: z.optional(text("The aim")),
    done: Items,
    in_progress: Items,
    tried: Items,
    decisions: Items,
    files: Items,
    branch: Text,
    commit: Text,
    next: Text,
    force: Force,
  }),
  async run(connection, { to, request, goal: givenGoal, force, ...parts }) {
    const session = to === undefined ? undefined : SessionId.parse(to);
    const draft = await connection.draft(request);
    const goal = givenGoal ?? draft.goal;
    if (goal === undefined) throw wrongCall("The handover has no goal.", "Give the goal in goal.");
    const given = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
    const bundle = { ...draft.bundle, ...given };
    const written = await connection.submit("handoff", { to: session, request, goal, bundle }, force);
    const drafted = Object.keys(draft.bundle).filter((part) => !Object.hasOwn(given, part));
    return describeWrite(written, ({ collaboration: { request_id, status } }) => ({
      request_id,
      status,
      drafted,
      ...(draft.left.length === 0 ? {} : { not_included: draft.left.map((each) => each.request_id) }),
    }));
  },
});
