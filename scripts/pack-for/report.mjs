import { tarballFolder } from "./project.mjs";

/**
 * Says what was done to a project, and what is left to its owner.
 *
 * @param {import("./project.mjs").Project} project
 * @param {object} done
 * @param {readonly string[]} done.asked
 * @param {readonly string[]} done.direct
 * @param {readonly string[]} done.inner
 * @param {readonly import("./stamp.mjs").Stamped[]} done.tarballs
 * @param {readonly string[]} done.changed
 * @returns {string}
 */
export function report({ folder, manager }, { asked, direct, inner, tarballs, changed }) {
  const peers = direct.filter((name) => !asked.includes(name));
  const files = changed.length > 0 ? `, ${changed.join(", ")}` : "";
  return [
    "",
    `Installed ${asked.join(", ")} ${tarballs[0]?.version ?? ""} into ${folder} with ${manager}.`,
    ...(peers.length > 0 ? [`Listed too, since what you asked for needs it: ${peers.join(", ")}.`] : []),
    ...(inner.length > 0
      ? [`Overrides lead ${inner.length} inner dependencies to tarballs of the same version.`]
      : []),
    `Written: ${tarballFolder}/ (${tarballs.length} tarballs)${files}.`,
    "",
    `Commit these. In a Dockerfile, copy ${tarballFolder} before the install: COPY ${tarballFolder} ${tarballFolder}`,
    "Run the same command again to update.",
  ].join("\n");
}
