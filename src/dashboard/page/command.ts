import { h } from "./dom.ts";

/** How long a button says that its command was copied. */
const COPIED_MS = 1500;

/** What else a reader can do with a command than copy it; nothing where the page only shows. */
let button: ((text: string) => HTMLElement) | undefined;

/** From now on, each command gets one more button. */
export function addButton(make: (text: string) => HTMLElement): void {
  button = make;
}

/** A command to run, and a button that copies it. */
export function command(text: string): HTMLElement {
  const code = h("code", { title: text }, text);
  const copier = h("button", { type: "button", "aria-label": `Copy: ${text}` }, "copy");
  copier.addEventListener("click", () => void copy(text, code, copier));
  return h("span", { class: "command" }, code, copier, button?.(text) ?? null);
}

/** Where the browser allows no copying, the command is selected, so that a key of the reader's copies it. */
async function copy(text: string, code: HTMLElement, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied: ${text}`);
    button.textContent = "copied";
    setTimeout(() => {
      button.textContent = "copy";
    }, COPIED_MS);
  } catch {
    getSelection()?.selectAllChildren(code);
    say("Selected. Press Ctrl+C or ⌘C to copy.");
  }
}

/** Tells those who do not see the button. */
export function say(text: string): void {
  const said = document.getElementById("said");
  if (said !== null) said.textContent = text;
}
