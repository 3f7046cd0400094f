export {
  type AuthStrategyContractOptions,
  authStrategyContract,
  type RefusedOptions,
} from "./auth-strategy-contract.ts";
export type { ContractCase } from "./contract-case.ts";
export type { PluginCall } from "./plugin-call.ts";
export { type PluginContractOptions, pluginContract } from "./plugin-contract.ts";
export type { SeenRequest, TransportServerAddresses } from "./transport-addresses.ts";
export { transportContract } from "./transport-contract.ts";
export type { TransportContractOptions, TransportUnderTestOptions } from "./transport-options.ts";
