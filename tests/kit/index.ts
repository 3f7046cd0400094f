export { type Authority, createAuthority, encrypted, type Issued } from "./authority.ts";
export { authority, certificate, certificateForElsewhere, privateKey } from "./certificates.ts";
export { jumpingClock } from "./clock.ts";
export { failureOf, printed } from "./failures.ts";
export { loginContext } from "./login-context.ts";
export { type Deferred, withResolvers } from "./promises.ts";
export { type ProxyServer, serveProxy } from "./proxy.ts";
export {
  type Answer,
  listen,
  type RawServer,
  serve,
  serveBytes,
  serveSecurely,
  serveSockets,
  startAnswering,
} from "./raw-server.ts";
export { recordedCode, recordedError } from "./recorded-errors.ts";
export {
  type Generation,
  generations,
  type Recording,
  type RecordingSet,
  readRecordings,
} from "./recordings.ts";
export { type ReplayingServer, startReplaying } from "./replaying.ts";
export { type StartOptions, start, strategyFor, type TestLocation } from "./server.ts";
export { serveTlsFront, type TlsFront } from "./tls-front.ts";
export { warningsOf } from "./warnings.ts";
