/**
 * What any workflow can contain. Anything that is not listed here is refused; `expected.ts` lists the jobs of each file
 * with their steps.
 */

/** The keys of a workflow, a job and a step. */
export const keys = {
  workflow: ["name", "on", "permissions", "concurrency", "jobs"],
  job: [
    ...["name", "needs", "if", "runs-on", "timeout-minutes"],
    ...["environment", "permissions", "outputs", "strategy", "steps"],
  ],
  step: ["id", "name", "uses", "with", "run", "shell", "env"],
} as const;

/** The expressions outside `if`; `run` contains none at all. A stranger can choose the value of none of them. */
export const expressions: readonly string[] = [
  "github.base_ref",
  "github.event_name == 'pull_request'",
  "github.ref",
  "github.repository",
  "github.token",
  "matrix.language",
  "matrix.node",
  "matrix.os",
  "needs.pack.outputs.digest",
  "steps.count.outputs.waiting",
  "steps.digest.outputs.digest",
];

/** The variables of a step, each with its only value. */
export const environment: Readonly<Record<string, string>> = {
  BASE: "${{ github.base_ref }}",
  GH_REPO: "${{ github.repository }}",
  GH_TOKEN: "${{ github.token }}",
  PNPM_WITHOUT_HASH: "allowed",
  RELEASE_DIGEST: "${{ needs.pack.outputs.digest }}",
};

/** The actions, with the values of each input; `undefined` where the input can be absent. */
export const actions: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  "actions/checkout": { "fetch-depth": [undefined, 0], "persist-credentials": [false] },
  "actions/download-artifact": { name: ["release", "versions"], path: ["release", "versions"] },
  "actions/setup-node": { "node-version": [24, "${{ matrix.node }}"], "package-manager-cache": [false] },
  "actions/upload-artifact": {
    name: ["release", "versions"],
    path: ["release", "versions.patch"],
    "if-no-files-found": ["error"],
  },
  "github/codeql-action/analyze": { category: ["/language:${{ matrix.language }}"] },
  "github/codeql-action/init": {
    languages: ["${{ matrix.language }}"],
    "build-mode": ["none"],
    queries: ["security-extended"],
  },
};
