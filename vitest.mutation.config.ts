import { relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { areas } from "./tests/mutation/areas.mjs";
import base from "./vitest.config.ts";

const { tests, leaveOut = [] } = areas[process.env["MUTATED_AREA"] ?? ""] ?? { tests: [] };
/** The names of the only test files to run, with commas between them. */
const only = process.env["MUTATION_TESTS"]?.split(",");
const chosen = only?.map((name) => `packages/*/test/**/${name}.test.ts`) ?? tests;

/** Runs the test files first that failed last, then the short ones: the first failure ends the run of a mutant. */
class LikelyFailuresFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const cost = ({ project, moduleId }: TestSpecification) => {
      const last = this.ctx.cache.getFileTestResults(
        `${project.name}:${relative(this.ctx.config.root, moduleId)}`,
      );
      return last === undefined ? 0 : last.failed ? last.duration - 1e9 : last.duration;
    };
    return [...files].sort((a, b) => cost(a) - cost(b));
  }
}

export default defineConfig({
  ...base,
  // Its own, so that a mutant's failures do not reorder the files of `vitest run`.
  cacheDir: ".cache/vitest",
  test: {
    ...base.test,
    include: chosen,
    exclude: [...(base.test?.exclude ?? []), ...leaveOut],
    // A mutant's run is one worker, which imports the sources once. The next mutant gets another worker.
    isolate: false,
    // A mutant can make a test wait forever. It fails soon, and long after it would have passed.
    testTimeout: 30_000,
    hookTimeout: 10_000,
    expect: { poll: { timeout: 5000 } },
    // One after the other: a mutant of what runs at import is there before the second one imports the sources.
    sequence: { sequencer: LikelyFailuresFirst, setupFiles: "list" },
    typecheck: { enabled: false },
  },
});
