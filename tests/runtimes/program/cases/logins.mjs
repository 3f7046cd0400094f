import { equal, failsWith } from "../check.mjs";

/** @type {import("../world.mjs").Case[]} */
export const loginCases = [
  {
    name: "a job of GitHub Actions logs in, and asks for a token at every login",
    run: async ({ client, place, count, modules, settings }) => {
      const { identityId, job } = settings;
      await withVariables(job, async () => {
        const auth = modules.authOidc.oidcAuth({ identityId, token: modules.githubActions.githubActions() });
        const one = client({ auth });
        await one.secrets().listSecrets(place);
        await one.auth().login();
        equal(await count("POST", "/api/v1/auth/oidc-auth/login"), 2, "logins");
      });
    },
  },
  {
    name: "a program outside of GitHub Actions is told what is missing",
    run: async ({ client, place, modules, settings }) => {
      const { identityId } = settings;
      const auth = modules.authOidc.oidcAuth({ identityId, token: modules.githubActions.githubActions() });
      const error = await failsWith(client({ auth }).secrets().listSecrets(place), "TOKEN_UNAVAILABLE");
      equal(error.message.includes("ACTIONS_ID_TOKEN_REQUEST_URL"), true, "names the variable");
    },
  },
  {
    name: "a pod of Kubernetes logs in with the token in its file, where there are files",
    run: async ({ client, place, modules, settings }) => {
      const { identityId, tokenPath, hasFiles } = settings;
      const auth = modules.authKubernetes.kubernetesAuth({ identityId, tokenPath });
      const list = client({ auth }).secrets().listSecrets(place);
      if (hasFiles) equal((await list).secrets, [], "list");
      else await failsWith(list, "TOKEN_UNAVAILABLE");
    },
  },
];

/**
 * Runs work with variables of the process; one is made where there is none, as Workers have it with `nodejs_compat`.
 *
 * @param {Readonly<Record<string, string>>} variables
 * @param {() => Promise<void>} work
 */
async function withVariables(variables, work) {
  const holder = /** @type {{ process?: { env: Record<string, string | undefined> } }} */ (globalThis);
  const { process } = holder;
  if (process) Object.assign(process.env, variables);
  else holder.process = { env: { ...variables } };
  try {
    await work();
  } finally {
    if (process) for (const name of Object.keys(variables)) delete process.env[name];
    else delete holder.process;
  }
}
