import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { MAX_REPOSITORY_NAMES } from "../../domain/claims/project.ts";
import { HiveError } from "../../errors.ts";
import { folderOf, type Project } from "../checkout/checkout.ts";
import { siblingsOf } from "../checkout/git-files.ts";
import { firstCommits, normalRemote, ownedNames, remotesOf, stampOf } from "../checkout/origin.ts";
import type { Environment } from "../host/environment.ts";
import { listNames, readText, writeAtomically } from "../host/files.ts";
import { type Host, shortName } from "../host/state-directory.ts";
import { parseHubAddress } from "../hub/address.ts";
import { hubName } from "../hub/location.ts";

/** The hub that was chosen for a project, with what the project is recognised by when it was moved or cloned anew. */
export interface Link {
  /** The project's key. */
  readonly project: string;
  readonly hub: string;
  /** Its remotes in their normal spelling. */
  readonly remotes: readonly string[];
  /** The names with owners under which it was ever known here. */
  readonly names: readonly string[];
  /** Its first commits; empty when there was no commit yet, null when they cannot be known. */
  readonly commits: readonly string[] | null;
  /** Distinguishes its directory from another one at the same path. */
  readonly stamp: string;
  /** The project that this one was taken for, until the user was told. */
  readonly takenFor?: string | undefined;
}

/** Chooses the hub of a project. The first hub that was chosen on a host also becomes its default, and stays it where it moves. */
export function linkProject(host: Host, project: Project, hub: string, environment: Environment): void {
  write(host, describeProject(project, hub, undefined, environment));
  for (const former of formerLinks(host, project)) former.forget();
  if (isDefault(host, hub)) host.setDefaultHub(hub);
}

/**
 * Makes a project forget its hub. What stays of the link says that this was meant, so that the project is not recognised
 * as another clone of the same repository. A hub that no project uses any more is no longer this host's default.
 */
export function unlinkProject(host: Host, project: Project): void {
  const hub = parse(readText(host.linkFile(project.key)))?.hub;
  for (const former of formerLinks(host, project)) former.forget();
  const forgotten: Forgotten = { project: project.key, forgotten: stampOf(project) };
  writeAtomically(host.linkFile(project.key), `${JSON.stringify(forgotten)}\n`);
  const isUsed = host.linkTexts().some((text) => parse(text)?.hub === hub);
  if (!isUsed && host.defaultHub() === hub) host.forgetDefaultHub();
}

/** What stays of the link of a project that forgot its hub. */
interface Forgotten {
  readonly project: string;
  /** The stamp of the project's directory. */
  readonly forgotten: string;
}

/** Whether the project at this path forgot its hub. */
function isForgotten(host: Host, project: Project): boolean {
  try {
    const { forgotten }: Partial<Forgotten> = JSON.parse(readText(host.linkFile(project.key)) ?? "{}");
    return forgotten !== undefined && forgotten === stampOf(project);
  } catch {
    return false;
  }
}

/** Whether a hub is this host's default now: the first one, or the first one at a new address. */
function isDefault(host: Host, hub: string): boolean {
  const first = host.defaultHub();
  return first === undefined || nameOfHub(host, first) === nameOfHub(host, hub);
}

/** How this host names the hub that a link says. */
function nameOfHub(host: Host, hub: string): string {
  return hubName(host, parseHubAddress(hub, host.directory)).name;
}

/**
 * The link of a project, without starting git. Only where another directory is at the project's path now, git tells
 * whether it is the same repository; undefined when it is not.
 */
export function linkOf(host: Host, project: Project, environment: Environment): Link | undefined {
  const link = parse(readText(host.linkFile(project.key))) ?? adoptFormer(host, project, environment);
  if (link === undefined || link.stamp === stampOf(project)) return link;
  // A work tree whose repository is away, as in a container, still belongs to it. Nothing can be learned there.
  if (!existsSync(project.key)) return link;
  const now = describeProject(project, link.hub, link, environment);
  const moved = linksBySign(host, directorySigns(project)).at(-1);
  if (isOther(link, now) || (moved !== undefined && !isOther(moved, now))) return undefined;
  keep(host, now);
  return now;
}

/** Whether a hub was chosen for whatever project is, or was, at a project's path. */
export function isLinked(host: Host, { key }: Project): boolean {
  return readText(host.linkFile(key)) !== undefined;
}

/** Brings what a link knows of its project up to date: a new remote, a first commit. */
export function refreshLink(host: Host, project: Project, link: Link, environment: Environment): Link {
  const remotes = remotesIn(project);
  const isComplete = link.commits === null || link.commits.length > 0;
  if (isComplete && remotes.normal.join("\n") === link.remotes.join("\n")) return link;
  const now = describeProject(project, link.hub, link, environment);
  if (JSON.stringify(now) !== JSON.stringify(link)) keep(host, now);
  return now;
}

/** Notes that the user was told what a project was taken for. */
export function noteTold(host: Host, { takenFor: _, ...link }: Link): void {
  keep(host, link);
}

/** What a project without a link was recognised as: one hub, several between which nobody chose, or none. */
export type Recognised = { readonly link: Link } | { readonly hubs: readonly string[] } | undefined;

/**
 * Recognises a project that was moved or cloned anew by its first commit and its remote, or its directory where that was
 * only renamed, and links it to the same hub. Where one of them is a shallow clone, the remote is enough. Git is started
 * only where a project with one of them is known.
 */
export function recognise(host: Host, project: Project, environment: Environment): Recognised {
  if (isForgotten(host, project)) return undefined;
  const moved = linksBySign(host, directorySigns(project)).slice(-1);
  const known = [...moved, ...linksBySign(host, remotesIn(project).normal)];
  if (known.length === 0) return undefined;
  const here = describeProject(project, "", undefined, environment);
  const alike = moved.some((link) => isSame(link, here)) ? moved : known.filter((link) => isSame(link, here));
  const hubs = new Map(alike.map((link) => [nameOfHub(host, link.hub), link]));
  const [link, second] = hubs.values();
  if (link === undefined) return undefined;
  if (second !== undefined) return { hubs: [...hubs.values()].map(({ hub }) => hub) };
  const names = together(link.names, here.names);
  const taken = { ...here, hub: link.hub, names, takenFor: link.project };
  keep(host, taken);
  return { link: taken };
}

/**
 * The links of the projects that have one of these signs, of those with the same sign the newest last. Another project
 * may have taken the path of one that had it.
 */
function linksBySign(host: Host, signs: readonly string[]): Link[] {
  return signs.flatMap((sign) =>
    namesByAge(host.signDirectory(sign))
      .flatMap((name) => parse(readText(host.linkFileNamed(name))) ?? [])
      .filter((link) => signsOf(link).includes(sign)),
  );
}

function signsOf(link: Link): string[] {
  return [...link.remotes, `directory ${link.stamp}`];
}

/** What tells a repository's directory wherever it is moved to; no remote is written like this. */
function directorySigns(project: Project): string[] {
  return project.isRepository && existsSync(project.key) ? [`directory ${stampOf(project)}`] : [];
}

/** The names in a directory, the newest file last, so that of two addresses of a hub the one joined last is taken. */
function namesByAge(directory: string): string[] {
  const age = (name: string) => statSync(join(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return listNames(directory).sort((a, b) => age(a) - age(b));
}

/** Whether what a link says contradicts the project that is now at its path: another history, or a fork of it. */
function isOther(link: Link, now: Link): boolean {
  const areOther = (mine: readonly string[] | null, theirs: readonly string[] | null) =>
    mine !== null && theirs !== null && mine.length > 0 && !mine.some((each) => theirs.includes(each));
  const isFork = now.remotes.length > 0 && areOther(link.remotes, now.remotes);
  const isUnrelated = areOther(link.commits, now.commits);
  return isUnrelated || isFork || (!isAlike(link, now) && areOther(link.remotes, now.remotes));
}

/** Whether two projects have a first commit in common, or a remote where one of them has not the whole history here. */
function isSame(one: Link, other: Link): boolean {
  if (one.commits !== null && other.commits !== null) return isAlike(one, other);
  return one.remotes.some((each) => other.remotes.includes(each));
}

/** Whether two projects have a first commit in common. */
function isAlike(one: Link, other: Link): boolean {
  return one.commits?.some((commit) => other.commits?.includes(commit)) === true;
}

function describeProject(
  project: Project,
  hub: string,
  before: Link | undefined,
  environment: Environment,
): Link {
  const { normal, names } = remotesIn(project);
  return {
    project: project.key,
    hub,
    remotes: normal,
    names: together(before?.names ?? [], names),
    commits: firstCommits(project, environment) ?? null,
    stamp: stampOf(project),
    ...(before?.takenFor === undefined ? {} : { takenFor: before.takenFor }),
  };
}

/** The names under which a project was known and those that it has now, up to a limit. */
function together(known: readonly string[], names: readonly string[]): string[] {
  return [...new Set([...known, ...names])].slice(0, MAX_REPOSITORY_NAMES);
}

/** The remotes of a project in their normal spelling, and its names; none where its settings cannot be read. */
function remotesIn(project: Project): { normal: string[]; names: string[] } {
  try {
    const remotes = remotesOf(project);
    const normal = remotes.flatMap(({ url }) => normalRemote(url) ?? []);
    return { normal: [...new Set(normal)], names: ownedNames(remotes) };
  } catch (error) {
    if (error instanceof HiveError) return { normal: [], names: [] };
    throw error;
  }
}

/** Takes over the link that an older version stored, for whichever work tree of the repository. */
function adoptFormer(host: Host, project: Project, environment: Environment): Link | undefined {
  const [former] = formerLinks(host, project);
  if (former === undefined) return undefined;
  const link = describeProject(project, former.hub, undefined, environment);
  if (keep(host, link)) former.forget();
  return link;
}

function formerLinks(host: Host, project: Project) {
  const paths = [project.root, folderOf(project), ...siblingsOf(project.key)];
  return paths.flatMap((path) => host.formerLink(path) ?? []);
}

/** Writes a link where the state directory can be written. Returns whether it could. */
function keep(host: Host, link: Link): boolean {
  try {
    write(host, link);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
}

function write(host: Host, link: Link): void {
  const path = host.linkFile(link.project);
  for (const sign of signsOf(link))
    writeAtomically(join(host.signDirectory(sign), shortName(link.project)), "");
  writeAtomically(path, `${JSON.stringify(link)}\n`);
}

/** Only this host's user writes these files. An unreadable file counts as missing. */
function parse(text: string | undefined): Link | undefined {
  try {
    const { project, hub, remotes, names, commits, stamp, takenFor } = JSON.parse(text ?? "{}");
    if (typeof project !== "string" || typeof hub !== "string" || typeof stamp !== "string") return undefined;
    if (!isTexts(remotes) || !isTexts(names) || !(commits === null || isTexts(commits))) return undefined;
    const told = typeof takenFor === "string" ? { takenFor } : {};
    return { project, hub, remotes, names, commits, stamp, ...told };
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
