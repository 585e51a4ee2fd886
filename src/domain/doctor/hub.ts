import { quoteForShell } from "../values/shell-quote.ts";
import { firstLine } from "../values/visible.ts";
import { bad, type Check, type Complaint, note, ok, REPAIR } from "./check.ts";

/** The hub's answer: undefined if it is in order, "unasked" if the replica has to be repaired, or made readable, first. */
export type HubFacts = Complaint | "unasked" | "unreadable" | undefined;

export function judgeHub(name: string, trouble: HubFacts): Check {
  if (trouble === "unasked")
    return note("hub", `${name} was not asked, because the replica on this host is broken.`, REPAIR);
  if (trouble === "unreadable")
    return note("hub", `${name} was not asked, because the replica on this host cannot be read.`);
  return trouble ? bad("hub", trouble.message, trouble.hint) : ok("hub", `${name} answers.`);
}

/** Judged without a real push, so rules that the remote applies to a push are not tested. */
export function judgePush(name: string, trouble: Complaint | undefined): Check {
  return trouble ? bad("push", trouble.message, trouble.hint) : ok("push", `${name} accepts pushes.`);
}

/** Judges the remote's rules by the pushes that it refused, because no remote lists its rules. */
export function judgeRules(refused: readonly Complaint[]): Check {
  const [first] = refused;
  return first
    ? bad("rules", first.message, first.hint)
    : ok("rules", "The hub refused no waiting push of this host.");
}

/**
 * `memory` is the file that records that the hub refuses outboxes. `badOutboxes` are the outboxes of other hosts that
 * this host leaves out, each with the reason; a pattern stands for all of them.
 */
export function judgeHelping(
  isRefused: boolean,
  memory: string,
  badOutboxes: ReadonlyMap<string, string>,
): Check {
  const sorted = [...badOutboxes].sort(([a], [b]) => Number(b.endsWith("*")) - Number(a.endsWith("*")));
  const [first] = sorted;
  if (first !== undefined) return judgeBadOutbox(first, sorted.length);
  return isRefused
    ? note(
        "helping",
        "The hub refuses refs/hive/outbox/*, so hosts cannot push for each other: each host retries by itself.",
        `Allow these refs in the hub's rules, then remove ${memory}`,
      )
    : ok("helping", "Hosts of this hub can push for each other.");
}

function judgeBadOutbox(first: readonly [string, string], number: number): Check {
  const [ref, reason] = first.map((text) => firstLine(text, 200));
  return first[0].endsWith("*")
    ? note(
        "helping",
        `This host leaves out most outboxes of the hub, ${ref}: ${reason}.`,
        `Everything else works. To see them: git ls-remote <hub> '${ref}'; to remove one from the hub: git push <hub> :<ref>`,
      )
    : note(
        "helping",
        `This host leaves out ${number === 1 ? "one outbox" : `${number} outboxes`} of the hub: ${ref} (${reason}).`,
        `Everything else works. To remove it from the hub: git push <hub> ${quoteForShell(`:${first[0]}`)}`,
      );
}
