import type { AuthStrategy, TokenSource } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import { load } from "./load.ts";
import { areSet, listed, type Place, setAmong } from "./place.ts";
import { type Row, type Shared, withIdentity } from "./row.ts";

/** A platform that issues OpenID Connect tokens. */
interface Platform {
  readonly name: string;
  /** Variables of which one shows that the program runs there, whether or not there is a token. */
  readonly signs: readonly string[];
  /** What a token needs: one variable of each group. */
  readonly needs: readonly (readonly string[])[];
  /** What to do where something of that is missing. */
  readonly cure: string;
  /** A file that must exist as well. */
  readonly file?: string;
  /** Whether part of what a token needs is a mistake, rather than a job without a token. */
  readonly isPair?: boolean;
  readonly source: (place: Place) => Promise<TokenSource>;
}

/** In the order in which they are asked. */
const platforms: readonly Platform[] = [
  {
    name: "GitHub Actions",
    signs: ["GITHUB_ACTIONS", "FORGEJO_ACTIONS"],
    needs: [["ACTIONS_ID_TOKEN_REQUEST_URL"], ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]],
    cure: "the job needs `permissions: id-token: write`, and a pull request from a fork gets no token",
    isPair: true,
    source: async () => (await load("@infisical/auth-oidc/github-actions")).githubActions(),
  },
  {
    name: "Buildkite",
    signs: ["BUILDKITE"],
    needs: [["BUILDKITE_AGENT_ACCESS_TOKEN"], ["BUILDKITE_JOB_ID"]],
    cure: "pass it on into the container",
    source: async () => (await load("@infisical/auth-oidc/buildkite")).buildkite(),
  },
  {
    name: "CircleCI",
    signs: ["CIRCLECI"],
    needs: [["CIRCLE_OIDC_TOKEN_V2", "CIRCLE_OIDC_TOKEN"]],
    cure: "the job needs a context",
    source: async () => (await load("@infisical/auth-oidc/circleci")).circleci(),
  },
  {
    name: "Bitbucket Pipelines",
    signs: ["BITBUCKET_BUILD_NUMBER"],
    needs: [["BITBUCKET_STEP_OIDC_TOKEN"]],
    cure: "the step needs `oidc: true`",
    source: async () => (await load("@infisical/auth-oidc/bitbucket")).bitbucket(),
  },
  {
    name: "Azure Pipelines",
    signs: ["TF_BUILD"],
    needs: [["SYSTEM_OIDCREQUESTURI"], ["SYSTEM_ACCESSTOKEN"], ["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"]],
    cure: "the step needs `SYSTEM_ACCESSTOKEN: $(System.AccessToken)` and the id of a service connection in its env",
    source: async ({ read }) => {
      const { azurePipelines } = await load("@infisical/auth-oidc/azure-pipelines");
      return azurePipelines({ serviceConnectionId: read("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID") ?? "" });
    },
  },
  {
    name: "HCP Terraform",
    signs: ["TFC_RUN_ID"],
    needs: [["TFC_WORKLOAD_IDENTITY_TOKEN", "TFC_WORKLOAD_IDENTITY_TOKEN_INFISICAL"]],
    cure: "the workspace needs the variable TFC_WORKLOAD_IDENTITY_AUDIENCE, or with the same tag",
    source: async ({ read }) => {
      const { hcpTerraform } = await load("@infisical/auth-oidc/hcp-terraform");
      return hcpTerraform(read("TFC_WORKLOAD_IDENTITY_TOKEN") === undefined ? { tag: "INFISICAL" } : {});
    },
  },
  {
    // At run time, the token comes with the request that a function answers.
    name: "Vercel",
    signs: [],
    needs: [["VERCEL_OIDC_TOKEN_FILE", "VERCEL_OIDC_TOKEN", "VERCEL"]],
    cure: "",
    source: async () => (await load("@infisical/auth-oidc/vercel")).vercel(),
  },
  {
    name: "Fly.io",
    signs: [],
    needs: [["FLY_MACHINE_ID", "FLY_APP_NAME"]],
    cure: "a Machine has it",
    file: "/.fly/api",
    source: async () => (await load("@infisical/auth-oidc/fly")).flyIo(),
  },
];

/** Without a row in the list, since its token's variable is the one that every JWT can be in. */
const gitlab =
  "GITLAB_CI is set, but no INFISICAL_JWT: the job needs `id_tokens: { INFISICAL_JWT: { aud } }`";

/** The token of a CI job, or of a platform that issues OpenID Connect tokens. */
export const platformRow: Row = {
  method: "oidc-auth",
  pins: ["oidc-auth", "oidc"],
  look: async (place) => {
    const incomplete: string[] = place.read("GITLAB_CI") === undefined ? [] : [gitlab];
    for (const platform of platforms) {
      const { names, missing } = await piecesOf(platform, place);
      if (missing === undefined) return found(platform, names, place);
      const signs = [...setAmong(place, platform.signs), ...names];
      if (signs.length > 0) incomplete.push(`${areSet(signs)}, but no ${missing}: ${platform.cure}`);
    }
    const all = [...platforms.map(({ name }) => name), "GitLab CI"];
    return { missing: incomplete.length > 0 ? incomplete.join("; ") : `no token of ${listed(all, "or")}` };
  },
};

function found(platform: Platform, names: readonly string[], place: Place) {
  const file = platform.file === undefined ? "" : ` and ${platform.file} exists`;
  const create = async (shared: Shared): Promise<AuthStrategy> => {
    const { oidcAuth } = await load("@infisical/auth-oidc");
    return oidcAuth({ ...shared, token: await platform.source(place) });
  };
  return withIdentity(
    place,
    ["INFISICAL_OIDC_AUTH_IDENTITY_ID"],
    `${areSet(names)}${file}`,
    create,
    platform.needs.flat(),
  );
}

/** Which variables for a token are set, and what is missing; `undefined` if nothing is. */
async function piecesOf(
  { needs, file, isPair = false }: Platform,
  place: Place,
): Promise<{ names: readonly string[]; missing: string | undefined }> {
  const names = needs.flatMap((group) => setAmong(place, group).slice(0, 1));
  const lacking = needs.filter((group) => setAmong(place, group).length === 0);
  const [first] = lacking.map((group) => group[0] ?? "");
  if (isPair && first !== undefined && names.length > 0) {
    throw optionError(
      first,
      `must be set, since ${listed(names, "and")} is: pass both on into the container`,
    );
  }
  if (lacking.length > 0)
    return { names, missing: lacking.map((group) => listed(group, "or")).join(" and ") };
  if (file !== undefined && !(await place.exists(file))) return { names, missing: file };
  return { names, missing: undefined };
}
