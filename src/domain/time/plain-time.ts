/** Units as people write them, by the letter of a duration. */
const UNITS: Readonly<Record<string, RegExp>> = {
  s: /^s(?:ec(?:ond)?s?)?$/,
  m: /^m(?:in(?:ute)?s?)?$/,
  h: /^h(?:(?:ou)?rs?)?$/,
  d: /^d(?:ays?)?$/,
  w: /^w(?:eeks?)?$/,
};

/** A duration in the form of an operation, such as `30m` for `30 min` and `2h` for `2 hours`; other texts as they are. */
export function plainDuration(text: string): string {
  const [, number, word = ""] = /^(\d{1,6}) ?([a-z]+)$/i.exec(text.trim()) ?? [];
  const unit = Object.keys(UNITS).find((letter) => UNITS[letter]?.test(word.toLowerCase()));
  return number === undefined || unit === undefined ? text : `${number}${unit}`;
}

/** A text with its clock times of twelve hours written in 24: `fri 9:30pm` is `fri 21:30`. */
export function plainClock(text: string): string {
  return text.replace(
    /(?<![\w:])(1[0-2]|0?[1-9])(?::([0-5]\d))? ?([ap])m(?!\w)/i,
    (_, hours: string, minutes: string | undefined, half: string) =>
      `${(Number(hours) % 12) + (half.toLowerCase() === "p" ? 12 : 0)}:${minutes ?? "00"}`,
  );
}
