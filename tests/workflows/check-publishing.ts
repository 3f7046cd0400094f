import { commandsOf, type Job, type Workflow, writeRights } from "./workflow.ts";

/** What may run in the job that packs: nothing that could change what is packed. */
const packing = ["npm run release:pack"];

/**
 * Checks that a job with an identity for the registry publishes what another job packed, and nothing else: that job
 * comes first and does nothing besides, and the hash of what it packed does not come with the artifact.
 */
export function checkPublishing(workflow: Workflow, job: Job): string[] {
  const publishes =
    writeRights(workflow, job).includes("id-token") ||
    job.steps.flatMap(commandsOf).some((command) => /\bpublish\b/.test(command));
  if (!publishes) return [];
  const artifact = job.steps.find(({ uses }) => uses?.startsWith("actions/download-artifact@"))?.with["name"];
  if (artifact === undefined)
    return [`job ${job.name} must publish what a job before it packed, as an artifact.`];
  const uploaders = [...workflow.jobs.values()].filter((each) => uploads(each, artifact));
  const [packer] = uploaders;
  if (packer === undefined || uploaders.length > 1 || !job.needs.includes(packer.name)) {
    return [`job ${job.name} must need the one job that uploads the artifact ${artifact}.`];
  }
  return [...checkPacker(workflow, packer), ...checkDigest(job, packer)];
}

function uploads({ steps }: Job, artifact: unknown): boolean {
  return steps.some(({ uses, with: inputs }) => {
    return uses?.startsWith("actions/upload-artifact@") === true && inputs["name"] === artifact;
  });
}

function checkPacker(workflow: Workflow, packer: Job): string[] {
  const others = packer.steps
    .flatMap(commandsOf)
    .filter((command) => !packing.includes(command) && !/^echo "\w+=\$\(sha256sum [\w./-]+ \|/.test(command));
  const earlier = packer.needs.flatMap((name) => workflow.jobs.get(name)?.steps.flatMap(commandsOf) ?? []);
  return [
    ...others.map((command) => `job ${packer.name}, which packs, must not run "${command}" besides.`),
    ...earlier
      .filter((command) => /\b(?:npm|npx|pnpm)\b/.test(command))
      .map((command) => `job ${packer.name} must pack before "${command}" is run.`),
  ];
}

function checkDigest({ name, steps }: Job, packer: Job): string[] {
  const compared = steps.some(({ env, run }) =>
    Object.entries(env).some(([variable, value]) => {
      const [, output = ""] = /^\$\{\{\s*needs\.(.+?)\s*\}\}$/.exec(String(value)) ?? [];
      const isDigest = Object.keys(packer.outputs).some(
        (each) => output === `${packer.name}.outputs.${each}`,
      );
      return variable === "RELEASE_DIGEST" && isDigest && run.includes("scripts/release-publish.mjs");
    }),
  );
  return compared
    ? []
    : [
        `job ${name} must give scripts/release-publish.mjs the RELEASE_DIGEST that job ${packer.name} puts out.`,
      ];
}
