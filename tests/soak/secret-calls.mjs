import { createOutcomeOf, describe } from "./outcome.mjs";
import { isLogin } from "./route.mjs";

/** @typedef {import("./plan.mjs").Plan} Plan */
/** @typedef {import("./bench.mjs").Bench} Bench */

const secretsPath = "/api/v3/secrets/raw";

/** Codes that promise the caller of a write that it did not happen. */
const notDone = ["RATE_LIMITED", "UNREACHABLE", "UNAUTHORIZED", "AUTH_FAILED", "NOT_AUTHENTICATED"];

/**
 * Reads and writes secrets, each of which has the number of its call in its name.
 *
 * @param {Bench} bench
 */
export function createSecretCalls(bench) {
  const { server, client, place, ledger, figures, pagesWithRefusal } = bench;
  const outcomeOf = createOutcomeOf(bench);

  /** @param {Plan} plan */
  async function write(plan) {
    const { call } = plan;
    const name = `W${call}`;
    const path = `${secretsPath}/${name}`;
    const outcome = await outcomeOf(
      plan,
      { path, match: { method: "POST", path }, isPrompt: true },
      (signal) => client.secrets().createSecret(name, { ...place, secretValue: name, signal }),
    );
    const { error, code, met, wasAborted, pages } = outcome;
    const stored = server.secrets.get({ environment: "dev", key: name }) === name;
    const what = `call ${call} with ${met?.name ?? "no fault"}: ${describe(error)}`;
    if (error === undefined ? !stored : stored && (wasAborted || notDone.includes(code ?? "")))
      figures.blame("wronglyReported", what);
    if (wasAborted && ledger.arrived(call) > 0) figures.blame("sentThoughAborted", what);
    if (outcome.isDiverted && code === "UNREACHABLE") figures.untrusted += 1;
    pagesWithRefusal[call] = pages;
    ledger.end(call, path);
    server.secrets.delete({ environment: "dev", key: name });
    return outcome;
  }

  /** @param {Plan} plan */
  async function read(plan) {
    const { call } = plan;
    const secretName = `R${call}`;
    const path = `${secretsPath}/${secretName}`;
    server.secrets.set({ environment: "dev", key: secretName, value: secretName });
    const outcome = await outcomeOf(
      plan,
      { path, match: { method: "GET", path }, isPrompt: true },
      (signal) => client.secrets().getSecret({ ...place, secretName, signal }),
    );
    const { error, result, met } = outcome;
    const what = `call ${call} with ${met?.name ?? "no fault"}: ${describe(error)}`;
    if (error === undefined) {
      const { secretValue } = /** @type {{ secretValue: string }} */ (result);
      if (secretValue !== secretName) figures.blame("wronglyReported", what);
    } else if (!outcome.isAborted && !excuse(outcome, path)) figures.blame("lostReads", what);
    ledger.end(call, path);
    server.secrets.delete({ environment: "dev", key: secretName });
    return outcome;
  }

  /**
   * Whether there is a reason for which a read may fail; counts it.
   *
   * @param {import("./outcome.mjs").Outcome} outcome
   * @param {string} path
   */
  function excuse({ error, code, met, isDiverted, isRestart, isLogin: isLoginFailing }, path) {
    if (met?.read !== undefined && code === met.read) return true;
    const { url = "login" } = /** @type {{ url?: string }} */ (error);
    if (isLoginFailing && isLogin(url)) figures.lostToLogins += 1;
    else if (isDiverted && code === "UNREACHABLE") figures.untrusted += 1;
    // What a restart has left of the attempts can meet the fault.
    else if (isRestart && (code === "UNREACHABLE" || code === "CONNECTION_LOST" || met?.passes))
      figures.lostToRestarts += 1;
    else if (code === "UNAUTHORIZED" && ledger.refusedTokens(path) > 1) figures.refusedTwice += 1;
    else return false;
    return true;
  }

  return { read, write };
}
