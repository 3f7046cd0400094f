export type { Fetch, FetchInit, FetchResponse, FetchResponseHeaders } from "./transports/fetch.ts";
export { type KyInstance, type KyTransportOptions, kyTransport } from "./transports/ky.ts";
