// Apart from the entry for authors, so that a bundle loads it with the first login that needs it.
export { askFunction } from "./contracts/credential-function.ts";
export { type JwtStrategyOptions, jwtStrategy, parseTokenSource } from "./contracts/jwt-strategy.ts";
export { explainLogin, type LoginExplanation } from "./contracts/login-advice.ts";
export { requireTextFile } from "./contracts/platform-file.ts";
export {
  type PlatformRequest,
  platformRefusal,
  readPlatformResponse,
  requestFromPlatform,
} from "./contracts/platform-request.ts";
export { tokenUnavailable } from "./contracts/token-source.ts";
export { describeJwt, type JwtContent, readJwt } from "./support/json-web-token.ts";
export { loadNodeModule } from "./support/node-modules.ts";
export { signRs256 } from "./support/rsa-signature.ts";
export { readTextFile, requirePath, type TextFile } from "./support/text-file.ts";
