import { action, checkout, type ExpectedWorkflow, script, setupNode } from "./form.ts";

const setupMatrixNode = action("actions/setup-node", "${{ matrix.node }}");

/** The checks of every change. A script ends with the check itself: `npm test || true` is another text. */
export const ci: ExpectedWorkflow = {
  on: { pull_request: null, push: { branches: ["main"] } },
  permissions: { contents: "read" },
  concurrency: {
    group: "ci-${{ github.ref }}",
    "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
  },
  jobs: {
    test: {
      strategy: { "fail-fast": false, matrix: { node: [20, 22, 24, 26] } },
      steps: [checkout, setupMatrixNode, script("npm test")],
    },
    machines: {
      "runs-on": "${{ matrix.os }}",
      strategy: { "fail-fast": false, matrix: { os: ["windows-latest", "macos-latest"] } },
      steps: [checkout, setupNode, script("npm test", { env: ["PNPM_WITHOUT_HASH"] })],
    },
    runtimes: { steps: [checkout, setupNode, script("npm run test:runtimes")] },
    next: {
      strategy: { "fail-fast": false, matrix: { node: [20, 24] } },
      steps: [checkout, setupMatrixNode, script("npm run test:next")],
    },
    frameworks: {
      strategy: { "fail-fast": false, matrix: { node: [20, 24] } },
      steps: [checkout, setupMatrixNode, script("npm run test:frameworks")],
    },
    release: {
      steps: [
        ...[checkout, setupNode],
        script("npm run pnpm -- install --frozen-lockfile"),
        script("npm run release:dry"),
        script("npm run pnpm -- audit --prod"),
      ],
    },
    changeset: {
      if:
        "github.event_name == 'pull_request' && (github.head_ref != 'release/versions' || " +
        "github.event.pull_request.head.repo.full_name != github.repository)",
      steps: [
        ...[checkout, setupNode],
        script('npm run check:changeset -- "origin/$BASE"', { env: ["BASE"] }),
      ],
    },
  },
};
