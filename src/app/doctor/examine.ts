import { bad, type Check, type Complaint, REPAIR } from "../../domain/doctor/check.ts";
import { judgeGit } from "../../domain/doctor/git.ts";
import { isBroken } from "../../domain/doctor/repository.ts";
import { expected, HiveError } from "../../errors.ts";
import { gitVersion } from "../../store/git/git.ts";
import type { World } from "../../world.ts";
import { examineHost } from "./host.ts";
import { examineHub, passOverHub } from "./hub.ts";
import { repair } from "./repair.ts";
import { type DoctorSubject, findSubject } from "./subject.ts";

/** What was looked at, in the order of `ORDER`, and what was mended before. */
export interface Diagnosis {
  readonly checks: readonly Check[];
  readonly fixed: readonly string[];
}

const ORDER = [
  ...["git", "identity", "hub", "push", "rules", "helping", "replica", "repository"],
  ...["locks", "leftovers", "unsent", "clock", "files", "attributes"],
];

/** Looks at all that has to be well for a hub to work from here, and mends what can be mended where that is wanted. */
export async function examine(
  world: World,
  choice: Parameters<typeof findSubject>[1],
  repairs: boolean,
): Promise<Diagnosis> {
  const git = judgeGit(gitVersion(world.env));
  // Without git there is nothing to look with.
  if (git.state === "bad") return { checks: [git], fixed: [] };
  const subject = await findSubject(world, choice).catch(noHub);
  if (subject instanceof HiveError)
    return { checks: [git, bad("hub", subject.message, subject.hint)], fixed: [] };
  const { checks, fixed } = await diagnose(subject, repairs);
  return { checks: inOrder([git, ...checks]), fixed };
}

/** To have no hub yet is something to be told of; an address that is none is a wrong call. */
function noHub(error: unknown): HiveError {
  const { code } = expected(error);
  if (code !== "no_hub") throw error;
  return expected(error);
}

async function diagnose(subject: DoctorSubject, repairs: boolean): Promise<Diagnosis> {
  const first = await look(subject);
  if (!repairs) return { checks: first.checks, fixed: [] };
  const { fixed, hindrance } = await repair(subject, first.repairable);
  const { checks } = fixed.length > 0 ? await look(subject) : first;
  return { checks: hindrance ? checks.map((check) => hindered(check, hindrance)) : checks, fixed };
}

async function look(subject: DoctorSubject) {
  const { checks, repairable } = await examineHost(subject);
  const seen = isBroken(repairable.health) ? passOverHub(subject) : await examineHub(subject);
  return { checks: [...checks, ...seen], repairable };
}

/** The next step was tried; what has to come before it is told. */
function hindered(check: Check, { message, hint }: Complaint): Check {
  return check.next === REPAIR ? { ...check, next: `${message} ${hint}` } : check;
}

function inOrder(checks: readonly Check[]): Check[] {
  return [...checks].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
}
