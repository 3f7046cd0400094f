export type {
  SecretsChange,
  SecretsChangeEvent,
  SecretsEndEvent,
  SecretsFreshEvent,
  SecretsListenerOptions,
  SecretsStaleEvent,
  SecretsWatcher,
  SecretsWatcherEvents,
  SecretsWatcherListener,
  SecretsWatcherState,
  WatcherDisposal,
} from "./secrets-watcher.ts";
export { type WatchableClient, type WatchSecretsOptions, watchSecrets } from "./watch-secrets.ts";
