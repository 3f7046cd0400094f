/** @typedef {import("@infisical/core").Transport} Transport */

/** Whether an address is one of a login or a renewal. */
export const isLogin = (/** @type {string} */ url) => /\/(?:login|renew)$/.test(url);

/** The way of a client's requests: over a transport to the server, or to an endpoint that only claims to be it. */
export class Route {
  /** Attempts that no connection came about for. */
  refused = 0;
  /** Calls that were sent again to an endpoint that they cannot trust. */
  repeatedUntrusted = 0;
  untrustedAttempts = 0;
  failedLogins = 0;
  /** Whether the last login failed, so that calls fail with it. */
  isLoginFailing = false;
  /** Whether the server is away. */
  isDown = false;
  /** Whether everything goes to the untrusted endpoint. */
  isDiverted = false;

  #siteUrl;
  #untrusted;
  /**
   * The paths of calls that go to the untrusted endpoint, or went there, with what came of it.
   *
   * @type {Map<string, { wasSent: boolean, wasRefused: boolean }>}
   */
  #diverted = new Map();
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /** @param {{ siteUrl: string, untrusted: string }} addresses */
  constructor({ siteUrl, untrusted }) {
    this.#siteUrl = siteUrl;
    this.#untrusted = untrusted;
  }

  /**
   * @param {Transport} transport
   * @returns {Transport}
   */
  over(transport) {
    /** @type {Transport} */
    const send = async (request) => {
      const path = request.url.slice(this.#siteUrl.length).replace(/\?.*$/, "");
      const isLoggingIn = isLogin(path);
      const isDiverted = this.isDiverted || this.#diverted.has(path);
      try {
        const response = await transport(isDiverted ? this.#divert(request, path) : request);
        if (isLoggingIn) this.#noteLogin(response.status === 200 && response.body.includes("accessToken"));
        return response;
      } catch (error) {
        if (isDiverted) this.#noteUntrusted(path, error);
        else if (Object(error).sent === false) this.refused += 1;
        if (isLoggingIn) this.#noteLogin(false);
        throw error;
      } finally {
        this.#wake();
      }
    };
    return Object.assign(send, { ...transport });
  }

  /** Sends a call to the endpoint that cannot be trusted. */
  divert(/** @type {string} */ path) {
    this.#diverted.set(path, { wasSent: false, wasRefused: false });
  }

  /** Whether a call went there; asking forgets it. */
  takeDiverted(/** @type {string} */ path) {
    const wasSent = this.#diverted.get(path)?.wasSent ?? false;
    this.#diverted.delete(path);
    return wasSent;
  }

  /**
   * Waits until a condition holds, which is looked at after each exchange.
   *
   * @param {() => boolean} condition
   * @param {number} longest in milliseconds
   * @returns {Promise<void>}
   */
  until(condition, longest) {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        end();
      };
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(end, longest);
      this.#waiting.add(look);
      look();
    });
  }

  /**
   * @param {import("@infisical/core").TransportRequest} request
   * @param {string} path
   */
  #divert(request, path) {
    this.untrustedAttempts += 1;
    if (/\/[RW]\d+$/.test(path)) {
      const wasRefused = this.#diverted.get(path)?.wasRefused ?? false;
      if (wasRefused) this.repeatedUntrusted += 1;
      this.#diverted.set(path, { wasSent: true, wasRefused });
    }
    return { ...request, url: this.#untrusted + request.url.slice(this.#siteUrl.length) };
  }

  /**
   * An attempt whose time was over, or whose call was aborted, says nothing about the certificate.
   *
   * @param {string} path
   * @param {unknown} error
   */
  #noteUntrusted(path, error) {
    if (this.#diverted.has(path) && Object(error).code !== "ABORTED") {
      this.#diverted.set(path, { wasSent: true, wasRefused: true });
    }
  }

  #noteLogin(/** @type {boolean} */ isGood) {
    this.isLoginFailing = !isGood;
    if (!isGood) this.failedLogins += 1;
  }

  #wake() {
    for (const look of [...this.#waiting]) look();
  }
}
