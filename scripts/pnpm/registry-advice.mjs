/** What npm, pnpm and Node say where a registry does not answer, or answers with something else than a package. */
const signs =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|UND_ERR_\w+|E40[137]|ERR_PNPM_(?:META_FETCH_FAIL|FETCH_\w+|TARBALL_\w+))\b|certificate|error sending request|dns error/i;

const advice = `The registry could not be reached, or did not have what was asked for. npm and pnpm take their settings from npm's configuration:
- which registry is asked: npm config get registry; another one: npm config set registry <address>
- behind a proxy: npm config set https-proxy <address>
- behind a proxy that opens TLS: npm config set cafile <file with its certificate>
- to see whether it answers: npm ping
Then run the same command again: it goes on where it ended.`;

/**
 * Says what to do where a download has failed.
 *
 * @param {string} output what was printed
 * @returns {string | undefined} `undefined` where the network is not to blame
 */
export function registryAdvice(output) {
  return signs.test(output) ? advice : undefined;
}
