import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { filesWithOwnProcess } from "./tests/isolation.ts";
import workspace from "./vitest.config.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const ownProcess = filesWithOwnProcess(root);
const { resolve = {}, test = {} } = workspace;
const { exclude = [], typecheck = {}, ...common } = test;

/** The same tests as `vitest.config.ts`, in less time: those that leave their process as it was share one. */
export default defineConfig({
  test: {
    // Vitest leaves one core free, which is half of a machine that has two.
    maxWorkers: "100%",
    projects: [
      {
        resolve,
        test: {
          ...common,
          name: "in one process",
          isolate: false,
          exclude: [...exclude, ...ownProcess],
          typecheck: { enabled: false },
        },
      },
      {
        resolve,
        test: {
          ...common,
          name: "in their own",
          include: ownProcess,
          exclude,
          typecheck: { ...typecheck, checker: `${root}tests/node_modules/typescript-newest/bin/tsc` },
        },
      },
    ],
  },
});
