import { pickFault, tokenRefusals } from "./faults.mjs";
import { lastingPages } from "./pages.mjs";
import { pick, randomOf } from "./random.mjs";

/** @typedef {import("./bench.mjs").Bench} Bench */
/** @typedef {import("./faults.mjs").Fault} Fault */

/** A stream of chance that no call has. */
const stream = 2 ** 31;

/**
 * What befalls all calls at once, between one call and the next: the clock is set, tokens are refused, logins fail, the
 * server restarts, everything is diverted.
 *
 * @param {Bench} bench
 */
export function createDisturbances({ server, clock, route, port, figures, options }) {
  const random = randomOf(options.seed, stream);
  /** @type {Promise<unknown>} */
  let outage = Promise.resolve();

  /** Sets the clock, and makes a token or a login fail: no more than that at a time, since logins have a pace. */
  function unsettle() {
    clock.step(random);
    figures.clockSteps += 1;
    // In turn: two tokens that are revoked one soon after the other end the calls that were sent again with the second.
    const kind = figures.clockSteps % 4;
    if (kind === 1) {
      server.fail({ method: "GET", path: /\/R\d+$/ }, pick(random, tokenRefusals).failure);
      figures.tokenRefusals += 1;
    } else if (kind === 2) {
      // Half of them are pages that could be taken for a refusal of the credentials.
      const isPage = figures.clockSteps % 8 === 2;
      const { failure, passes = false } = isPage
        ? pick(random, /** @type {[Fault, ...Fault[]]} */ (lastingPages))
        : pickFault(random);
      const times = passes && random() < 0.5 ? 2 : 1;
      server.fail({ method: "POST", path: /\/(?:login|renew)$/, times }, failure);
      figures.loginFaults += times;
    } else if (kind === 3) {
      server.tokens.revoke();
      figures.revocations += 1;
    }
  }

  /** Closes the server's port and opens it again, after a number of refused attempts. */
  async function restart() {
    route.isDown = true;
    figures.restarts += 1;
    await server.close();
    const until = route.refused + pick(random, [10, 100, 400]);
    await route.until(() => route.refused >= until, 1000);
    await listenAgain();
    route.isDown = false;
  }

  async function listenAgain() {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await server.listen({ port });
      } catch (error) {
        // A connection from this machine can have the port for a moment.
        if (attempts === 100) throw error;
        await clock.sleep(50);
      }
    }
  }

  /** Leads everything, logins too, to the endpoint that cannot be trusted, for a number of attempts. */
  async function divert() {
    figures.diversions += 1;
    route.isDiverted = true;
    const until = route.untrustedAttempts + 10;
    await route.until(() => route.untrustedAttempts >= until, 1000);
    route.isDiverted = false;
  }

  return {
    /** @param {number} call */
    before(call) {
      if (call % 250 === 249) unsettle();
      if (call % 1000 === 600) outage = outage.then(call % 2000 === 600 ? restart : divert);
    },
    /** Resolves when the server can be reached again. */
    ended: () => outage,
  };
}
