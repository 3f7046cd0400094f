export { type NodeTransportOptions, nodeTransport } from "@infisical/core/node";
