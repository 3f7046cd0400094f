/** What a soak counts. */
export class Figures {
  calls = 0;
  faults = 0;
  failed = 0;
  aborted = 0;

  /** What must stay at zero. */
  wrong = {
    repeatedWrites: 0,
    wronglyReported: 0,
    /** Reads that failed for no reason that excuses it. */
    lostReads: 0,
    /** Errors that are neither the SDK's nor the reason of the call's signal. */
    foreignErrors: 0,
    /** NOT_FOUND, FORBIDDEN or AUTH_FAILED, which nothing in the run means. */
    misnamed: 0,
    /** Calls whose signal had aborted before, and which sent something. */
    sentThoughAborted: 0,
    /** Calls that went on after their signal aborted. */
    deafCalls: 0,
    listenersLeft: 0,
    listenerWarnings: 0,
    /** Calls that tried an untrusted certificate again. */
    repeatedUntrusted: 0,
    /** Requests that came through to the untrusted endpoint, and connections beyond one for each attempt. */
    untrustedRequests: 0,
    untrustedConnections: 0,
    /** Leases that a function was given, that are left, and of which nobody was told. */
    forgottenLeases: 0,
    /** Errors of taking a lease that do not say that one may be left. */
    silentLosses: 0,
  };

  /** Reads that a restart of the server ended, with UNREACHABLE or CONNECTION_LOST. */
  lostToRestarts = 0;
  /** Calls that ended with the failure of a login, which a fault, a restart or a certificate had caused. */
  lostToLogins = 0;
  /** Calls that ended at a certificate. */
  untrusted = 0;
  /** Reads whose token was refused, and then the one that replaced it: a call is replayed only once. */
  refusedTwice = 0;
  leases = 0;
  /** Leases whose revocation failed, as the caller was told. */
  leasesReported = 0;
  /** Leases that are left since the response of the taking was lost; at most as many as takings without an outcome. */
  leasesUnknown = 0;
  takingsLost = 0;
  logins = 0;
  failedLogins = 0;
  loginFaults = 0;
  tokenRefusals = 0;
  revocations = 0;
  clockSteps = 0;
  restarts = 0;
  diversions = 0;
  seconds = 0;
  /** @type {number[]} */
  heaps = [];
  /** How the calls ended, by code. @type {Record<string, number>} */
  codes = {};
  /** The first few outcomes that are wrong, in words. @type {string[]} */
  examples = [];

  /**
   * Counts something that must not be.
   *
   * @param {keyof Figures["wrong"]} what
   * @param {string} example
   */
  blame(what, example) {
    this.wrong[what] += 1;
    if (this.examples.length < 10) this.examples.push(`${what}: ${example}`);
  }
}
