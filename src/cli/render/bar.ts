/** A bar as long as a value is, beside the longest; what is more than nothing is never shown as nothing. */
export function bar(value: number, longest: number, width: number): string {
  if (value <= 0 || longest <= 0) return "";
  return "█".repeat(Math.max(1, Math.round((value / longest) * width)));
}
