import { action, checkout, type ExpectedWorkflow } from "./form.ts";

/** Code scanning. Its one write right reaches neither the repository's content nor the registry. */
export const codeql: ExpectedWorkflow = {
  on: { pull_request: null, push: { branches: ["main"] }, schedule: [{ cron: "17 4 * * 1" }] },
  permissions: { contents: "read" },
  jobs: {
    analyze: {
      permissions: { contents: "read", "security-events": "write" },
      strategy: { "fail-fast": false, matrix: { language: ["javascript-typescript", "actions"] } },
      steps: [checkout, action("github/codeql-action/init"), action("github/codeql-action/analyze")],
    },
  },
};
