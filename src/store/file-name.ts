/** A text as the name of one file: never a way out of its folder, and never too long for one. */
export function fileName(text: string): string {
  const safe = encodeURIComponent(text.toWellFormed()).replaceAll("*", "%2A").replace(/^\./, "%2E");
  return safe.length <= 200 ? safe : `${safe.slice(0, 180)}~${hash(safe)}`;
}

/** Tells long names apart that start alike (FNV-1a). */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return value.toString(36);
}
