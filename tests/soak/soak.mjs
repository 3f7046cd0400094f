import { openBench } from "./bench.mjs";
import { createDisturbances } from "./disturbances.mjs";
import { createLeaseCalls } from "./lease-calls.mjs";
import { planOf } from "./plan.mjs";
import { createSecretCalls } from "./secret-calls.mjs";

/**
 * Sends calls against a failing server with short-lived tokens, and counts on the server's side what came of it.
 *
 * @param {import("./bench.mjs").SoakOptions} options
 */
export async function soak(options) {
  const { calls, concurrency, heap = () => 0 } = options;
  const bench = await openBench(options);
  const { server, client, route, untrusted, ledger, signals, figures } = bench;
  const make = { ...createSecretCalls(bench), ...createLeaseCalls(bench) };
  const disturbances = createDisturbances(bench);
  const started = performance.now();
  let next = 0;

  /** @param {Error} warning */
  const onWarning = ({ name, message }) => {
    if (name === "MaxListenersExceededWarning") figures.blame("listenerWarnings", message);
  };
  process.on("warning", onWarning);

  async function worker() {
    while (next < calls) {
      const call = next++;
      const plan = planOf(options, call);
      if (plan.fault) figures.faults += 1;
      disturbances.before(call);
      signals.turn(call);
      await make[plan.kind](plan);
      figures.calls += 1;
      if (figures.calls % Math.ceil(calls / 5) === 0) figures.heaps.push(heap());
      // While logins fail, calls fail at once: as an application would, the worker takes a breath.
      if (route.isLoginFailing) await route.until(() => !route.isLoginFailing, 250);
    }
  }

  await Promise.all(Array.from({ length: concurrency }, worker));
  await disturbances.ended();
  await client.close();
  figures.seconds = (performance.now() - started) / 1000;
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", onWarning);
  make.countLeases();
  signals.finish();
  await server.close();
  await untrusted.close();
  figures.logins = ledger.logins;
  figures.failedLogins = route.failedLogins;
  Object.assign(figures.wrong, {
    repeatedWrites: ledger.repeated(bench.pagesWithRefusal),
    deafCalls: signals.deaf,
    listenersLeft: signals.listenersLeft,
    repeatedUntrusted: route.repeatedUntrusted,
    untrustedRequests: untrusted.seen.requests,
    untrustedConnections: Math.max(0, untrusted.seen.connections - route.untrustedAttempts),
  });
  return figures;
}
