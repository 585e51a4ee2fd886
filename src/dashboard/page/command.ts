import { h } from "./dom.ts";

/** How long a button says that its command was copied. */
const COPIED_MS = 1500;

/** A command to run, and a button that copies it. */
export function command(text: string): HTMLElement {
  const code = h("code", { title: text }, text);
  const button = h("button", { type: "button", "aria-label": `Copy: ${text}` }, "copy");
  button.addEventListener("click", () => void copy(text, code, button));
  return h("span", { class: "command" }, code, button);
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
function say(text: string): void {
  const said = document.getElementById("said");
  if (said !== null) said.textContent = text;
}
