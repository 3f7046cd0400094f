export { type KyTransportOptions, kyTransport } from "@infisical/core/ky";
