import { bad, type Check, type Complaint, REPAIR } from "../../domain/doctor/check.ts";
import { judgeGit } from "../../domain/doctor/git.ts";
import { judgeProject } from "../../domain/doctor/project.ts";
import { isUnusable } from "../../domain/doctor/repository.ts";
import { asHiveError, HiveError } from "../../errors.ts";
import { gitVersion } from "../../store/git/git.ts";
import { UNREADABLE } from "../../store/host/unreadable.ts";
import type { World } from "../../world.ts";
import { projectFacts } from "../workplace/project.ts";
import { examineHost } from "./host.ts";
import { examineHub, skipHub } from "./hub.ts";
import { repair } from "./repair.ts";
import { type DoctorSubject, findSubject } from "./subject.ts";

/** The checks, in the order of `ORDER`, and the repairs made before them. */
export interface Diagnosis {
  readonly checks: readonly Check[];
  readonly fixed: readonly string[];
}

const ORDER = [
  ...["git", "project", "identity", "hub", "push", "rules", "helping", "replica", "repository"],
  ...["locks", "leftovers", "unsent", "clock", "files", "sessions", "attributes"],
];

/** Checks all that a hub needs to work from this host; with `repairs`, repairs what can be repaired. */
export async function examine(
  world: World,
  choice: Parameters<typeof findSubject>[1],
  repairs: boolean,
): Promise<Diagnosis> {
  const git = judgeGit(gitVersion(world.env));
  // Without git, nothing else can be checked.
  if (git.state === "bad") return { checks: [git], fixed: [] };
  const subject = await findSubject(world, choice).catch(noHub);
  if (subject instanceof HiveError)
    return { checks: [git, bad("hub", subject.message, subject.hint)], fixed: [] };
  const { checks, fixed } = await diagnose(subject, repairs);
  return { checks: inOrder([git, ...checks]), fixed };
}

/** Returns the error where no hub is chosen, or nothing can be read of it, because doctor reports it. Throws other errors, such as a wrong address. */
function noHub(error: unknown): HiveError {
  const { code } = asHiveError(error);
  if (code !== "no_hub" && code !== UNREADABLE) throw error;
  return asHiveError(error);
}

async function diagnose(subject: DoctorSubject, repairs: boolean): Promise<Diagnosis> {
  const first = await checkAll(subject);
  if (!repairs) return { checks: first.checks, fixed: [] };
  const { fixed, hindrance } = await repair(subject, first.repairable);
  const { checks } = fixed.length > 0 ? await checkAll(subject) : first;
  return { checks: hindrance ? checks.map((check) => hindered(check, hindrance)) : checks, fixed };
}

async function checkAll(subject: DoctorSubject) {
  const { checks, repairable } = await examineHost(subject);
  const project = judgeProject(await projectFacts(subject.world, subject.unchosen));
  const { health } = repairable;
  const hubChecks = isUnusable(health) ? skipHub(subject, health) : await examineHub(subject);
  return { checks: [project, ...checks, ...hubChecks], repairable };
}

/** Replaces a next step that was tried and failed with the step that must come first. */
function hindered(check: Check, { message, hint }: Complaint): Check {
  return check.next === REPAIR ? { ...check, next: `${message} ${hint}` } : check;
}

function inOrder(checks: readonly Check[]): Check[] {
  return [...checks].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
}
