/** A block that a tool puts before what the user wrote, such as what a hook told it. Its name is not one of HTML's. */
const BLOCK = /^<([a-z]+(?:[_-][a-z]+)+)(?:\s[^>]*)?>[\s\S]*?<\/\1>/i;

/** What the user wrote in a prompt: without the blocks that the tool put before it. */
export function ownWords(prompt: string): string {
  let text = prompt.trimStart();
  while (text.startsWith("<")) {
    const block = BLOCK.exec(text);
    if (block === null) break;
    text = text.slice(block[0].length).trimStart();
  }
  return text;
}

/** How much of a prompt may stand before a text of ours that a tool gives back, in characters. */
const LEAD_WIDTH = 200;

/** Whether a prompt is what a hook of ours told the tool, such as why it should not stop. Some tools give it back. */
export function isOwnText(prompt: string): boolean {
  return /(?:^|[\s:([\]"'`>])git-hive: \S/.test(prompt.slice(0, LEAD_WIDTH));
}

/** The shortest prompt that tells what a session works on, in words. */
const MIN_WORDS = 3;

/** Whether a prompt may tell what a session works on. It is not, where this says no. */
export function mayTellWork(prompt: string): boolean {
  const text = prompt.trim();
  return !(/^[/!#<]/.test(text) || isOwnText(text) || text.split(/\s+/u).length < MIN_WORDS);
}
