import type { BenchWriter, Contest, Figures } from "./contention-figures.ts";

/** What a round trip takes where hosts are far from the hub, in milliseconds. */
export const ROUND_TRIP_MS = 300;
/** More operations than anybody does before the time is over. */
const ENDLESS = 1_000_000;

/** A figure that has to be reached; `value` gets the medians of both contenders. */
export interface Reach {
  readonly what: string;
  value(ours: Figures, times: number): number;
  readonly least?: number;
  readonly most?: number;
}

export interface Case {
  readonly name: string;
  readonly title: string;
  readonly contest: Contest;
  /** The same, short, to see that it works. */
  readonly quick: Contest;
  readonly reach: readonly Reach[];
}

const roundTrips = (milliseconds: number) => milliseconds / ROUND_TRIP_MS;

const unacknowledged: Reach = {
  what: "not acknowledged",
  value: ({ operations, acknowledged }) => operations - acknowledged,
  most: 0,
};
const nothingLost: Reach = { what: "lost or doubled", value: ({ lost }) => lost, most: 0 };
const safe = [unacknowledged, nothingLost];
const timesNaive = (least: number): Reach => ({ what: "x naive", value: (_, times) => times, least });
const p99Seconds = (most: number): Reach => ({ what: "p99, s", value: ({ p99_ms }) => p99_ms / 1000, most });
const p99Trips = (most: number): Reach => ({
  what: "p99, round trips",
  value: ({ p99_ms }) => roundTrips(p99_ms),
  most,
});
const maxTrips = (most: number): Reach => ({
  what: "max, round trips",
  value: ({ max_ms }) => roundTrips(max_ms),
  most,
});

/** Sessions that are all on one host, or each on its own. */
function writers(count: number, isOneHost: boolean): BenchWriter[] {
  const names = Array.from({ length: count }, (_, index) => `session-${index + 1}-bench`);
  return names.map((name) => ({ name, host: isOneHost ? "host" : name }));
}

const local = { seconds: undefined, delay: undefined, isOneShot: false };
const remote = { seconds: undefined, delay: ROUND_TRIP_MS, isOneShot: false };

export const CASES: readonly Case[] = [
  {
    name: "processes",
    title: "32 processes on one host",
    contest: { ...local, writers: writers(32, true), operations: 4 },
    quick: { ...local, writers: writers(8, true), operations: 2 },
    reach: [...safe, timesNaive(25), p99Seconds(1.5)],
  },
  {
    name: "one-shot",
    title: "32 whole commands on one host",
    contest: { ...local, isOneShot: true, writers: writers(32, true), operations: 1 },
    quick: { ...local, isOneShot: true, writers: writers(8, true), operations: 1 },
    reach: safe,
  },
  {
    name: "hosts",
    title: "8 hosts",
    contest: { ...local, writers: writers(8, false), operations: 10 },
    quick: { ...local, writers: writers(4, false), operations: 3 },
    reach: [...safe, timesNaive(2), p99Seconds(1.5)],
  },
  {
    name: "far-hosts",
    title: "16 hosts, 300 ms a round trip",
    contest: { ...remote, writers: writers(16, false), operations: 6 },
    quick: { ...remote, writers: writers(6, false), operations: 2 },
    reach: [...safe, timesNaive(5), p99Trips(12), maxTrips(15)],
  },
  {
    name: "endless",
    title: "16 hosts without a pause for 25 s, 300 ms a round trip",
    contest: { ...remote, writers: writers(16, false), operations: ENDLESS, seconds: 25 },
    quick: { ...remote, writers: writers(6, false), operations: ENDLESS, seconds: 6 },
    reach: [
      ...safe,
      { what: "operations of the least lucky host", value: (ours) => ours.least_of_a_writer, least: 1 },
      { what: "operations/s", value: ({ throughput }) => throughput, least: 3 },
      maxTrips(20),
    ],
  },
];
