/** How the bytes of a user's file are read as text. Each way gives the same bytes back. */
type Encoding = "utf8" | "utf16le" | "utf16be" | "latin1";

/** A file as text. A byte-order mark is its first character. */
export interface UserText {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * Reads bytes as text without losing one. What is neither UTF-8 nor UTF-16 is read byte by byte: that is right for
 * ASCII, which all our additions are, in every encoding that contains it, such as Latin-1 and Windows-1252.
 */
export function readBytes(bytes: Buffer): UserText {
  const encoding = encodingOf(bytes);
  const ordered = encoding === "utf16be" ? Buffer.from(bytes).swap16() : bytes;
  return { text: ordered.toString(encoding === "utf16be" ? "utf16le" : encoding), encoding };
}

export function bytesOf({ text, encoding }: UserText): Buffer {
  const bytes = Buffer.from(text, encoding === "utf16be" ? "utf16le" : encoding);
  return encoding === "utf16be" ? bytes.swap16() : bytes;
}

function encodingOf(bytes: Buffer): Encoding {
  if (bytes.length % 2 === 0) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf16le";
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf16be";
    const unmarked = unmarkedUtf16(bytes);
    if (unmarked !== undefined) return unmarked;
  }
  return Buffer.from(bytes.toString("utf8")).equals(bytes) ? "utf8" : "latin1";
}

/** How much of a text must be ASCII for it to be known as UTF-16 without a byte-order mark: a fourth of its characters. */
const ASCII_PART = 4;

/** The form of UTF-16 that bytes without a byte-order mark are in: an ASCII character has its zero on one side only. */
function unmarkedUtf16(bytes: Buffer): Encoding | undefined {
  if (!bytes.includes(0)) return undefined;
  const zeros = [0, 0];
  for (const [at, byte] of bytes.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if ((even > 0 && odd > 0) || (even + odd) * ASCII_PART < bytes.length / 2) return undefined;
  return even > 0 ? "utf16be" : "utf16le";
}
