import type { Key } from "../../world.ts";

/** What the user chose to see. */
export interface Choice {
  /** The section that is shown whole, from 0; undefined where all are shown. */
  readonly section: number | undefined;
  /** The selected row of that section, and where it stood: the next one stands there once it is gone. */
  readonly selected: { readonly key: string | undefined; readonly index: number };
  /** Whether all of the selected row is shown. */
  readonly isDetail: boolean;
  readonly isHelp: boolean;
  /** How many lines of the detail or of the help are above the screen. */
  readonly scrolled: number;
  /** The text that rows must have. */
  readonly filter: string;
  /** Whether keys are part of the filter. */
  readonly isTyping: boolean;
}

/** How far the keys reach in what is shown now. */
export interface Reach {
  /** How many rows each section has. */
  readonly counts: readonly number[];
  /** The rows of the section that is shown whole. */
  readonly keys: readonly string[];
  /** How many rows or lines are shown at once. */
  readonly page: number;
  /** How many lines of the detail or of the help can be above the screen. */
  readonly mostScrolled: number;
}

const FIRST: Choice["selected"] = { key: undefined, index: 0 };
const MAX_FILTER = 200;

export const OVERVIEW: Choice = {
  section: undefined,
  selected: FIRST,
  isDetail: false,
  isHelp: false,
  scrolled: 0,
  filter: "",
  isTyping: false,
};

/** What a key makes of the choice; undefined where it ends the program. */
export function choose(choice: Choice, key: Key, reach: Reach): Choice | undefined {
  if (key.name === "ctrl-c") return undefined;
  if (choice.isTyping) return type(choice, key);
  if (key.text === "q") return undefined;
  if (key.name === "escape") return goBack(choice);
  if (key.text === "?") return { ...choice, isHelp: !choice.isHelp, scrolled: 0 };
  if (choice.isHelp || choice.isDetail) return scroll(choice, key, reach);
  if (key.text === "/") return { ...choice, isTyping: true };
  const section = sectionOf(choice, key, reach);
  if (section !== undefined) return { ...choice, section, selected: FIRST };
  return choice.section === undefined ? enter(choice, key, reach) : select(choice, key, reach);
}

/** The place of the selected row in what is shown now. */
export function placeOf({ selected }: Choice, keys: readonly string[]): number {
  const found = selected.key === undefined ? -1 : keys.indexOf(selected.key);
  return found >= 0 ? found : Math.max(0, Math.min(selected.index, keys.length - 1));
}

function type(choice: Choice, { name, text }: Key): Choice {
  if (name === "escape") return { ...choice, isTyping: false, filter: "" };
  if (name === "return" || name === "enter") return { ...choice, isTyping: false };
  const filter = name === "backspace" ? [...choice.filter].slice(0, -1).join("") : choice.filter + text;
  return { ...choice, filter: filter.slice(0, MAX_FILTER) };
}

function goBack(choice: Choice): Choice {
  if (choice.isHelp) return { ...choice, isHelp: false, scrolled: 0 };
  if (choice.isDetail) return { ...choice, isDetail: false, scrolled: 0 };
  if (choice.filter !== "") return { ...choice, filter: "" };
  return { ...choice, section: undefined, selected: FIRST };
}

/** How far a key moves: up or down by lines, or by pages. */
function stepOf({ name, text }: Key, { page }: Reach): number | undefined {
  if (name === "up" || text === "k") return -1;
  if (name === "down" || text === "j") return 1;
  if (name === "pageup") return -page;
  if (name === "pagedown" || text === " ") return page;
  if (name === "home" || text === "g") return Number.NEGATIVE_INFINITY;
  if (name === "end" || text === "G") return Number.POSITIVE_INFINITY;
  return undefined;
}

function scroll(choice: Choice, key: Key, reach: Reach): Choice {
  const step = stepOf(key, reach);
  if (step === undefined) return choice;
  return { ...choice, scrolled: clamp(choice.scrolled + step, reach.mostScrolled) };
}

function select(choice: Choice, key: Key, reach: Reach): Choice {
  const { keys } = reach;
  const place = placeOf(choice, keys);
  if (key.name === "return" || key.name === "enter") {
    const selected = { key: keys[place], index: place };
    return keys.length === 0 ? choice : { ...choice, selected, isDetail: true, scrolled: 0 };
  }
  const step = stepOf(key, reach);
  if (step === undefined) return choice;
  const index = clamp(place + step, Math.max(0, keys.length - 1));
  return { ...choice, selected: { key: keys[index], index } };
}

/** A number or Tab opens a section, which Tab and Shift-Tab leave for its neighbours. */
function sectionOf({ section }: Choice, { name, text }: Key, { counts }: Reach): number | undefined {
  if (/^[1-9]$/.test(text) && Number(text) <= counts.length) return Number(text) - 1;
  if (name === "tab") return section === undefined ? 0 : (section + 1) % counts.length;
  if (name === "shift-tab") return ((section ?? 0) + counts.length - 1) % counts.length;
  return undefined;
}

/** From all sections, Enter and the arrow down lead into the first that has rows. */
function enter(choice: Choice, key: Key, reach: Reach): Choice {
  const isInto = key.name === "return" || key.name === "enter" || stepOf(key, reach) === 1;
  const section = reach.counts.findIndex((number) => number > 0);
  return isInto && section >= 0 ? { ...choice, section, selected: FIRST } : choice;
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
