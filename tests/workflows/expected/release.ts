import { action, checkout, type ExpectedWorkflow, script, setupNode } from "./form.ts";

const upload = "actions/upload-artifact";
const download = "actions/download-artifact";
const read = { contents: "read" };

/**
 * The release. A job with write access runs no third-party code, and neither does any job before `pack`. No condition
 * holds after a failed job, since none calls `always()` or the like.
 */
export const release: ExpectedWorkflow = {
  on: { push: { branches: ["main"] } },
  permissions: {},
  // Never cancels a release in progress.
  concurrency: { group: "release", "cancel-in-progress": false },
  jobs: {
    state: {
      permissions: read,
      outputs: { waiting: "${{ steps.count.outputs.waiting }}" },
      steps: [
        checkout,
        script('echo "waiting=$(node scripts/release-state.mjs)" >> "$GITHUB_OUTPUT"', { id: "count" }),
      ],
    },
    versions: {
      needs: ["state"],
      if: "needs.state.outputs.waiting != '0'",
      permissions: read,
      steps: [
        ...[checkout, setupNode],
        script("npm run pnpm -- install --frozen-lockfile"),
        script("npm run release:version"),
        script("git add --all .changeset packages\ngit diff --cached --binary > versions.patch"),
        action(upload, "versions"),
      ],
    },
    propose: {
      needs: ["versions"],
      permissions: { contents: "write", "pull-requests": "write" },
      steps: [
        ...[checkout, action(download, "versions")],
        script(
          [
            'git apply --index --include=".changeset/*" --include="packages/*/package.json" \\',
            '  --include="packages/*/CHANGELOG.md" versions/versions.patch',
            'git config user.name "github-actions[bot]"',
            'git config user.email "41898282+github-actions[bot]@users.noreply.github.com"',
            "git checkout -B release/versions",
            'git commit --message "Make the versions of the next release"',
          ].join("\n"),
        ),
        script(
          [
            'git push --force "https://x-access-token:$GH_TOKEN@github.com/$GH_REPO" HEAD:refs/heads/release/versions',
            "gh pr view release/versions --json state --jq .state | grep --quiet OPEN ||",
            '  gh pr create --head release/versions --base main --title "Make the versions of the next release" \\',
            '    --body "Merging this publishes the packages. The changelogs say what is in them."',
          ].join("\n"),
          { env: ["GH_TOKEN", "GH_REPO"] },
        ),
      ],
    },
    pack: {
      needs: ["state"],
      if: "needs.state.outputs.waiting == '0'",
      permissions: read,
      outputs: { digest: "${{ steps.digest.outputs.digest }}" },
      steps: [
        ...[checkout, setupNode],
        script("node scripts/release-pack.mjs"),
        script(`echo "digest=$(sha256sum release/packages.json | cut -d ' ' -f 1)" >> "$GITHUB_OUTPUT"`, {
          id: "digest",
        }),
        action(upload, "release"),
      ],
    },
    test: {
      needs: ["pack"],
      permissions: read,
      steps: [
        ...[checkout, setupNode],
        ...[script("npm test"), script("npm run test:runtimes"), script("npm run test:next")],
        script("npm run test:frameworks"),
      ],
    },
    publish: {
      needs: ["pack", "test"],
      permissions: { contents: "read", "id-token": "write" },
      environment: "npm",
      steps: [
        ...[checkout, setupNode, action(download, "release")],
        script("node scripts/release-publish.mjs", { env: ["RELEASE_DIGEST"] }),
      ],
    },
    tag: {
      needs: ["publish"],
      permissions: { contents: "write" },
      steps: [
        checkout,
        script(
          [
            'version="$(jq --raw-output .version packages/core/package.json)"',
            `kind="$(jq --raw-output 'if .version | contains("-") then "--prerelease" else "--latest" end' packages/core/package.json)"`,
            'gh release view "v$version" ||',
            '  gh release create "v$version" "$kind" --target "$GITHUB_SHA" --title "v$version" --generate-notes',
          ].join("\n"),
          { env: ["GH_TOKEN"] },
        ),
      ],
    },
  },
};
