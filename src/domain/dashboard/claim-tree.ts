import type { ClaimView } from "../claims/list.ts";
import { isKey, pathOf } from "../claims/target.ts";
import type { Presence } from "../sessions/presence.ts";
import type { ClaimKey, SessionId } from "../values/ids.ts";
import type { Instant } from "../values/instant.ts";
import { inOrderOf } from "../values/order.ts";
import { firstLine } from "../values/visible.ts";

/** Who holds a place of the tree. */
interface Holding {
  readonly session: SessionId;
  readonly presence: Presence;
  readonly key: ClaimKey;
  readonly until: Instant;
  readonly note: string | null;
}

/** A folder, file or pattern, or several folders of which nothing but the next is claimed: `src/api`. */
export interface ClaimNode {
  readonly name: string;
  readonly holders: readonly Holding[];
  readonly children: readonly ClaimNode[];
}

/** What is claimed by name, and what is claimed in each project's files. */
export interface ClaimTree {
  readonly keys: readonly ClaimNode[];
  readonly projects: readonly ClaimNode[];
}

/** A node while the tree is built. */
interface Draft {
  readonly holders: Holding[];
  readonly children: Map<string, Draft>;
}

/** The live claims as a tree of projects, folders and files; keys, which name work, in a list of their own. */
export function claimTree(claims: readonly ClaimView[]): ClaimTree {
  const [keys, projects] = [newDraft(), newDraft()];
  for (const claim of claims)
    for (const target of claim.patterns) {
      const steps = isKey(target) ? [target] : [claim.project ?? "", ...pathOf(target).split("/")];
      let draft = isKey(target) ? keys : projects;
      for (const step of steps) draft = childOf(draft, step);
      draft.holders.push(holdingOf(claim));
    }
  return { keys: childrenOf(keys, false), projects: childrenOf(projects, false) };
}

function newDraft(): Draft {
  return { holders: [], children: new Map() };
}

function childOf({ children }: Draft, name: string): Draft {
  const child = children.get(name) ?? newDraft();
  children.set(name, child);
  return child;
}

/** With `joins`, a folder that nobody holds and that has one child is one node with it. A project stays on its own. */
function childrenOf({ children }: Draft, joins: boolean): ClaimNode[] {
  return [...children]
    .map(([name, draft]) => {
      let [path, last] = [name, draft];
      while (joins && last.holders.length === 0 && last.children.size === 1)
        for (const [step, only] of last.children) [path, last] = [`${path}/${step}`, only];
      return { name: path, holders: last.holders, children: childrenOf(last, true) };
    })
    .sort(inOrderOf(({ name }) => name));
}

function holdingOf({ session, presence, key, until, note }: ClaimView): Holding {
  return { session, presence, key, until, note: note === undefined ? null : firstLine(note, 120) };
}
