// What logins with the proof of a platform need. It is built into a file of its own, so that a program with a login that is
// loaded on demand, as in the umbrella, loads it only then.
export { describeJwt, type JwtContent, readJwt } from "../support/json-web-token.ts";
export { loadNodeModule, readTextFile } from "../support/node-modules.ts";
export { type JwtStrategyOptions, jwtStrategy, parseTokenSource } from "./jwt-strategy.ts";
export { explainLogin, type LoginExplanation } from "./login-advice.ts";
export { requireTextFile } from "./platform-file.ts";
export {
  type PlatformRequest,
  platformRefusal,
  readPlatformResponse,
  requestFromPlatform,
} from "./platform-request.ts";
export { tokenUnavailable } from "./token-source.ts";
