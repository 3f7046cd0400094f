export { type TlsCertAuthOptions, tlsCertAuth } from "./tls-cert-auth.ts";
