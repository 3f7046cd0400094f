export {
  type AuthStrategyContractOptions,
  authStrategyContract,
  type RefusedOptions,
} from "./auth-strategy-contract.ts";
export type { ContractCase } from "./contract-case.ts";
export type { PluginCall } from "./plugin-call.ts";
export { type PluginContractOptions, pluginContract } from "./plugin-contract.ts";
