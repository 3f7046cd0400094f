export type { PemSource } from "./client-certificate.ts";
export { type TlsCertAuthOptions, tlsCertAuth } from "./tls-cert-auth.ts";
