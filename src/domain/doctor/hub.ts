import { bad, type Check, type Complaint, note, ok, REPAIR } from "./check.ts";

/** How the hub answered: undefined where it did as it should, "unasked" where the replica has to be mended first. */
export type HubFacts = Complaint | "unasked" | undefined;

export function judgeHub(name: string, trouble: HubFacts): Check {
  if (trouble === "unasked")
    return note("hub", `${name} was not asked: what we ask it with is broken.`, REPAIR);
  return trouble ? bad("hub", trouble.message, trouble.hint) : ok("hub", `${name} answers.`);
}

/** Found out without writing, so what a rule says to a real push is not in it. */
export function judgePush(name: string, trouble: Complaint | undefined): Check {
  return trouble ? bad("push", trouble.message, trouble.hint) : ok("push", `${name} lets us write.`);
}

/** No remote tells its rules, but a push that waits because of one does. Takes the reasons of those. */
export function judgeRules(refused: readonly Complaint[]): Check {
  const [first] = refused;
  return first
    ? bad("rules", first.message, first.hint)
    : ok("rules", "No push that waits here was refused.");
}

/** `memory` is the file in which this host remembers that the hub takes no outboxes. */
export function judgeHelping(isRefused: boolean, memory: string): Check {
  return isRefused
    ? note(
        "helping",
        "The hub refuses refs/hive/outbox/*, so hosts do not help each other: each tries again by itself.",
        `Let its rules admit these refs, then remove ${memory}`,
      )
    : ok("helping", "Hosts of this hub can help each other.");
}
