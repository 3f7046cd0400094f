export {
  type AuthStrategyContractOptions,
  authStrategyContract,
  type RefusedOptions,
} from "./auth-strategy-contract.ts";
export type { ContractCase } from "./contract-case.ts";
export { type PluginContractOptions, pluginContract } from "./plugin-contract.ts";
export {
  type SeenRequest,
  type TransportContractOptions,
  type TransportServerAddresses,
  type TransportUnderTestOptions,
  transportContract,
} from "./transport-contract.ts";
export type { PluginCall } from "./under-test.ts";
