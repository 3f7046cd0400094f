import { universalAuth } from "@infisical/auth-universal";
import { createClient, isInfisicalError } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { createTestServer } from "@infisical/test-server";
import { faults, hidesRefusal } from "./faults.mjs";
import { Ledger } from "./ledger.mjs";

/** @typedef {import("@infisical/test-server").Failure} Failure */

const raw = "/api/v3/secrets/raw";

/** Codes that promise the caller of a write that it did not happen. */
const notDone = ["RATE_LIMITED", "UNREACHABLE", "UNAUTHORIZED", "AUTH_FAILED", "NOT_AUTHENTICATED"];

/** Codes of answers that a read would get again: a 500, a redirect, a page that is no JSON. */
const finalForReads = ["SERVER_ERROR", "REDIRECTED", "INVALID_RESPONSE"];

/**
 * Sends calls against a failing server with short-lived tokens, and counts on the server's side what came of it.
 *
 * @param {{ calls: number, concurrency: number, tokenLifetime: number, faultShare: number, timeout?: number, heap?: () => number, transport?: import("@infisical/core").Transport }} options
 * `tokenLifetime` in seconds; `timeout` of an attempt in milliseconds; `heap` gives the bytes in use; `transport` is
 * the platform's by default
 */
export async function soak({
  calls,
  concurrency,
  tokenLifetime,
  faultShare,
  timeout = 500,
  heap = () => 0,
  transport,
}) {
  const ledger = new Ledger();
  const server = createTestServer({
    log: false,
    onRequest: (request) => ledger.note(request),
    identities: [
      {
        name: "soak",
        organizationRole: "admin",
        projectRoles: { "example-project": "admin" },
        universalAuth: {
          accessTokenTTL: tokenLifetime,
          accessTokenMaxTTL: tokenLifetime * 5,
          lockout: false,
        },
      },
    ],
  });
  const { siteUrl } = await server.listen();
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const client = createClient({
    siteUrl,
    transport,
    auth: universalAuth({ clientId, clientSecret }),
    plugins: [secrets()],
    timeout,
    retry: { limit: 8, baseDelay: 5, maxDelay: 100 },
  });
  const place = { projectId: server.projects[0]?.id ?? "", environment: "dev" };

  const figures = {
    calls: 0,
    faults: 0,
    failed: 0,
    repeatedWrites: 0,
    wronglyReported: 0,
    lostReads: 0,
    refusedTwice: 0,
    foreignErrors: 0,
    logins: 0,
    revocations: 0,
    seconds: 0,
    heaps: /** @type {number[]} */ ([]),
  };
  const started = performance.now();
  let next = 0;

  /**
   * @param {number} call
   * @param {Failure | undefined} fault
   */
  async function write(call, fault) {
    const name = `W${call}`;
    const path = `${raw}/${name}`;
    if (fault) server.fail({ method: "POST", path }, fault);
    const error = await client
      .secrets()
      .createSecret(name, { ...place, secretValue: name })
      .then(
        () => undefined,
        (reason) => reason,
      );
    const stored = server.secrets.get({ environment: "dev", key: name }) === name;
    if (error && !isInfisicalError(error)) figures.foreignErrors += 1;
    if (error ? stored && notDone.includes(error.code) : !stored) figures.wronglyReported += 1;
    const legacyRefusals = fault && "rateLimit" in fault && fault.rateLimit.legacy ? 1 : 0;
    if (ledger.takeWrites(path, legacyRefusals) > 1) figures.repeatedWrites += 1;
    if (error) figures.failed += 1;
    server.secrets.delete({ environment: "dev", key: name });
  }

  /**
   * @param {number} call
   * @param {Failure | undefined} fault
   */
  async function read(call, fault) {
    const secretName = `R${call}`;
    server.secrets.set({ environment: "dev", key: secretName, value: secretName });
    const path = `${raw}/${secretName}`;
    if (fault) server.fail({ method: "GET", path }, fault);
    try {
      const { secretValue } = await client.secrets().getSecret({ ...place, secretName });
      if (secretValue !== secretName) figures.wronglyReported += 1;
    } catch (error) {
      const code = isInfisicalError(error) ? error.code : "";
      if (code === "") figures.foreignErrors += 1;
      // The server refused a token and then the one that replaced it, and a call is replayed only once.
      const refusedTwice = code === "UNAUTHORIZED" && ledger.refusedTokens(path) > 1;
      if (refusedTwice || hidesRefusal(fault, code)) figures.refusedTwice += 1;
      else if (!finalForReads.includes(code)) figures.lostReads += 1;
      figures.failed += 1;
    }
    ledger.forgetRead(path);
    server.secrets.delete({ environment: "dev", key: secretName });
  }

  async function worker() {
    while (next < calls) {
      const call = next++;
      const faulty = Math.random() < faultShare;
      const fault = faulty ? faults[figures.faults++ % faults.length] : undefined;
      if (call % 5000 === 4999) {
        server.tokens.revoke();
        figures.revocations += 1;
      }
      await (call % 2 === 0 ? read(call, fault) : write(call, fault));
      figures.calls += 1;
      if (figures.calls % Math.ceil(calls / 5) === 0) figures.heaps.push(heap());
    }
  }

  await Promise.all(Array.from({ length: concurrency }, worker));
  figures.seconds = (performance.now() - started) / 1000;
  figures.logins = ledger.logins;
  await server.close();
  return figures;
}
