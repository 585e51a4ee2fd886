import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWithin } from "../../../src/domain/time/hours.ts";
import { HoursFault, parseHours } from "../../../src/domain/time/parse-hours.ts";
import { printHours } from "../../../src/domain/time/print-hours.ts";
import { hostileText } from "../../support/hostile.ts";
import { faultOf, instant, isThere, write, writtenHours } from "../../support/hours.ts";

const canonical = (text: string) => printHours(parseHours(text));

describe("hours as a user writes them", () => {
  it.each([
    ["Mon-Fri 09:00-17:00 Europe/Berlin", "Mon-Fri 09:00-17:00 Europe/Berlin"],
    ["mon-fri 9-17 europe/berlin", "Mon-Fri 09:00-17:00 Europe/Berlin"],
    [" Monday – Friday 9:00 – 17:00   UTC ", "Mon-Fri 09:00-17:00 UTC"],
    ["09:00-17:00 UTC", "Mon-Sun 09:00-17:00 UTC"],
    ["Mon,Wed,Fri 9-12 UTC", "Mon,Wed,Fri 09:00-12:00 UTC"],
    ["Mon-Fri 9-12,13-17 UTC", "Mon-Fri 09:00-12:00,13:00-17:00 UTC"],
    ["Mon-Fri 9-12; 13-17, Sat 10-14 UTC", "Mon-Fri 09:00-12:00,13:00-17:00; Sat 10:00-14:00 UTC"],
    ["Sat,Sun 10-12, Mon-Fri 20-22 UTC", "Mon-Fri 20:00-22:00; Sat,Sun 10:00-12:00 UTC"],
    ["Fri-Mon 10-12 UTC", "Mon,Fri-Sun 10:00-12:00 UTC"],
    ["Mon-Fri 22:00-06:00 UTC", "Mon-Fri 22:00-06:00 UTC"],
    ["Sun 22-24; Mon 0-6 UTC", "Sun 22:00-06:00 UTC"],
    ["Mon 9-12,11-14,14-15 UTC", "Mon 09:00-15:00 UTC"],
    ["Mon 22-00:00 UTC", "Mon 22:00-24:00 UTC"],
    ["Mon 00:00-24:00; Tue 0-12 UTC", "Mon 00:00-24:00; Tue 00:00-12:00 UTC"],
    [
      "Fri 18-24; Sat 0-24; Sun 0-24; Mon 0-6 UTC",
      "Mon 00:00-06:00; Fri 18:00-24:00; Sat,Sun 00:00-24:00 UTC",
    ],
    ["24/7", "24/7"],
    ["24/7 Asia/Kathmandu", "24/7"],
    ["Mon-Sun 0-24 Pacific/Apia", "24/7"],
    ["Mon-Sun 12-11, 11-12 UTC", "24/7"],
    ["9-17 America/Port-au-Prince", "Mon-Sun 09:00-17:00 America/Port-au-Prince"],
    ["9-17 Etc/GMT-3", "Mon-Sun 09:00-17:00 Etc/GMT-3"],
  ])("%j are kept as %j", (text, kept) => {
    expect(canonical(text)).toBe(kept);
    expect(canonical(kept)).toBe(kept);
  });

  it.each([
    ["", 1, "time at which the window begins is missing", "00:00 to 24:00"],
    ["Mon-Fri 09:00-17:00", 20, "the time zone is missing", "Europe/Berlin; or with UTC"],
    ["Mon-Fri 09:00-17:00 Europe/Berln", 21, '"Europe/Berln" is not a time zone', "Europe/Berlin"],
    ["Mon-Fri 09:00-17:00 +02:00", 21, '"+02:00" is not a time zone', "Zones have names"],
    ["Mno-Fri 09:00-17:00 UTC", 1, '"Mno" is not a day', "Mon Tue Wed"],
    ["Mon-Fir 09:00-17:00 UTC", 5, '"Fir" is not a day', "Mon Tue Wed"],
    ["T 09:00-17:00 UTC", 1, '"T" is not a day', "Mon Tue Wed"],
    ["Mon- 09:00-17:00 UTC", 6, '"09:00" is not a day', "Mon Tue Wed"],
    ["Mon-Fri 9am-17:00 UTC", 9, '"9am" is not a time', "00:00 to 24:00"],
    ["Mon-Fri 09:60-17:00 UTC", 9, '"09:60" is not a time', "00:00 to 24:00"],
    ["Mon-Fri 09:00-25:00 UTC", 15, '"25:00" is not a time', "00:00 to 24:00"],
    ["Mon-Fri 24:00-02:00 UTC", 9, '"24:00" is not a time at which a window begins', "00:00 to 24:00"],
    ["Mon-Fri 09:00 17:00 UTC", 15, '"17:00" is where - is expected', "Mon-Fri 09:00-17:00"],
    ["Mon-Fri 09:00", 14, "the end of the window is missing", "Mon-Fri 09:00-17:00"],
    ["Mon-Fri 09:00-", 15, "time at which the window ends is missing", "00:00 to 24:00"],
    ["Mon-Fri 09:00-09:00 UTC", 15, "ends the window at the time it begins", "00:00-24:00"],
    ["Mon-Fri UTC", 9, '"UTC" is not a time', "00:00 to 24:00"],
    ["Mon 9-17 Tue 9-17 UTC", 10, '"Tue" begins another window', "comma or a semicolon"],
    ["Mon 9-17; UTC", 11, '"UTC" is not a day', "Mon Tue Wed"],
    ["Mon 9-17 UTC; Tue 9-17 UTC", 13, '";" comes after the time zone', "once for all windows"],
    ["24/7 Nowhere", 6, '"Nowhere" is not a time zone', "Zones have names"],
  ])("%j is refused at column %i: %s", (text, column, message, hint) => {
    const fault = faultOf(text);
    expect(fault).toBeInstanceOf(HoursFault);
    expect(fault).toMatchObject({
      column,
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
    expect((fault as HoursFault).message.startsWith(`Column ${column}: `)).toBe(true);
  });

  it("keep their meaning in the stored text, at any instant", () => {
    return fc.assert(
      fc.property(writtenHours, instant, (written, at) => {
        const kept = canonical(written.text);
        expect(canonical(kept)).toBe(kept);
        expect(isWithin(parseHours(kept), at)).toBe(isThere(written, at));
      }),
      { numRuns: 2000 },
    );
  });

  it("are stored as the same text, whatever the order of the windows", () => {
    return fc.assert(
      fc.property(writtenHours, ({ text, zone, windows }) => {
        expect(canonical(write([...windows].reverse(), zone))).toBe(canonical(text));
      }),
    );
  });

  it("are parsed or refused with a column inside the text, for any text", () => {
    return fc.assert(
      fc.property(
        fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(..."MonFri 09:-,;24/7UTC") })),
        (text) => {
          try {
            expect(canonical(canonical(text))).toBe(canonical(text));
          } catch (error) {
            if (!(error instanceof HoursFault)) throw error;
            expect(error.column).toBeGreaterThanOrEqual(1);
            expect(error.column).toBeLessThanOrEqual(text.length + 1);
            expect(error.message.length).toBeLessThan(500);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
