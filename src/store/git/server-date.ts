/** A line of git's HTTP trace with a header that the server sent. */
const RECEIVED = /<= Recv header: ?(.*?)\r?$/;

/**
 * The time, in milliseconds since the epoch, that the last answer in a trace of git's HTTP was given; undefined when it has
 * no date. Earlier answers may be those of a proxy, of a redirection, or the request for a login. An answer from a cache
 * says how old it is.
 */
export function serverDate(trace: string): number | undefined {
  const headers = new Map<string, string>();
  for (const line of trace.split("\n")) {
    const header = RECEIVED.exec(line)?.[1];
    if (header === undefined) continue;
    if (/^HTTP\//i.test(header)) headers.clear();
    const colon = header.indexOf(":");
    if (colon > 0) headers.set(header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim());
  }
  const date = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(date)) return undefined;
  const age = headers.get("age") ?? "";
  return date + (/^\d{1,9}$/.test(age) ? Number(age) * 1000 : 0);
}
