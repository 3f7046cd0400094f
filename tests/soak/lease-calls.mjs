import { setImmediate } from "node:timers/promises";
import { createOutcomeOf, describe, ownError } from "./outcome.mjs";

/** @typedef {import("./plan.mjs").Plan} Plan */
/** @typedef {import("./bench.mjs").Bench} Bench */

const leasesPath = "/api/v1/dynamic-secrets/leases";

/** Codes after which nobody knows whether a lease was created, and whose error has to say so. */
const mayHaveTaken = ["CONNECTION_LOST", "TIMEOUT", "GATEWAY_ERROR", "INVALID_RESPONSE"];

/** Whether an error is of the request that creates a lease, not of a login before it. */
const isTaking = (/** @type {unknown} */ error) => String(Object(error).url).endsWith(leasesPath);

/**
 * Uses leases, each of which is created with the number of its call.
 *
 * @param {Bench} bench
 */
export function createLeaseCalls(bench) {
  const { server, client, ledger, figures, pagesWithRefusal } = bench;
  const outcomeOf = createOutcomeOf(bench);
  /** Leases that a function was given. @type {Set<string>} */
  const known = new Set();
  /** Leases of which the caller was told that they could not be revoked. @type {Set<string>} */
  const reported = new Set();

  /** @param {Plan} plan */
  async function lease(plan) {
    const { call, random } = plan;
    const place = { projectSlug: "soak", environmentSlug: "dev", path: "/" };
    const isLost = random() < 0.5;
    const throws = random() < 0.1;
    const { fault, ...withoutFault } = plan;
    figures.leases += 1;
    let isUsed = false;
    /** @type {import("@infisical/test-server").FailureHandle | undefined} */
    let deleting;
    const match = {
      method: "POST",
      path: leasesPath,
      when: (/** @type {{ body: unknown }} */ { body }) => Object(body).config?.call === call,
    };
    const outcome = await outcomeOf(
      isLost ? plan : { ...withoutFault, fault: undefined },
      { path: leasesPath, match, isPrompt: false },
      (signal) =>
        client.dynamicSecrets().leases.use(
          {
            ...place,
            dynamicSecretName: "soak",
            config: { call },
            signal,
            onRevokeFailed: (_, { id }) => void reported.add(id),
          },
          async ({ lease: { id } }) => {
            isUsed = true;
            known.add(id);
            const match = { method: "DELETE", path: `${leasesPath}/${id}`, times: plan.times };
            if (fault && !isLost) deleting = server.fail(match, fault.failure);
            await setImmediate();
            if (throws) throw ownError;
            return id;
          },
        ),
    );
    deleting?.remove();
    const { error, code, isAborted, met, isRestart, wasAborted, pages } = outcome;
    const isUnknown = isAborted
      ? met !== undefined || isRestart
      : code && [...mayHaveTaken, "SERVER_ERROR"].includes(code);
    if (!isUsed && !wasAborted && isUnknown) figures.takingsLost += 1;
    const isSilent =
      mayHaveTaken.includes(code ?? "") && !/lease may have been created/.test(describe(error));
    if (!isUsed && isSilent && isTaking(error)) figures.blame("silentLosses", describe(error));
    if (wasAborted && ledger.arrived(call) > 0) figures.blame("sentThoughAborted", `lease of call ${call}`);
    pagesWithRefusal[call] = pages;
    return outcome;
  }

  /** Looks at the leases that are left when the client has closed. */
  function countLeases() {
    figures.leasesReported = reported.size;
    for (const { id } of server.leases.list()) {
      if (reported.has(id)) continue;
      if (known.has(id)) figures.blame("forgottenLeases", id);
      else figures.leasesUnknown += 1;
    }
  }

  return { lease, countLeases };
}
