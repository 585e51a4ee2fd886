import { defineConfig } from "vitest/config";
import { dashboardPage } from "../scripts/dashboard-page.ts";

const QUICK = "test/**/*.test.ts";
/** Tests that take minutes: kills, faults, damage, many processes, bad connections. */
const LONG = "test/**/*.long.test.ts";
/** Tests that repeat the same many times: see `support/times.ts`. */
const REPEATED = "test/**/*.repeated.test.ts";

/** In each project and not above them, because vitest would run it for the whole and again for the project. */
const globalSetup = ["test/support/build.ts", "test/support/place-for-files.ts"];

export default defineConfig({
  // The page of the dashboard is bundled, in tests too.
  plugins: [dashboardPage()],
  test: {
    root: new URL("..", import.meta.url).pathname,
    projects: [
      {
        extends: true,
        test: { name: "quick", include: [QUICK], exclude: [LONG], globalSetup, provide: { share: 0.1 } },
      },
      {
        extends: true,
        test: { name: "long", include: [LONG, REPEATED], globalSetup, provide: { share: 1 } },
      },
    ],
    maxWorkers: 2,
    // A worker loads a module once for all its files: to load all of them for each file took a quarter of the time.
    isolate: false,
    // Guards against hanging only: how long a test takes depends on what else the machine does.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // GitHub's workflow parser imports JSON without saying so, which Node alone refuses.
    server: { deps: { inline: [/@actions\//] } },
  },
});
