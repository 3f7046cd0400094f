export {
  type ApplyRotation,
  type MissingReason,
  type OnRotationOptions,
  onRotation,
  type Rotation,
  type RotationContext,
  type RotationFailure,
} from "./on-rotation.ts";
export type {
  SecretsChange,
  SecretsChangeEvent,
  SecretsEndEvent,
  SecretsFreshEvent,
  SecretsListenerOptions,
  SecretsStaleEvent,
  SecretsStreamEvent,
  SecretsWatcher,
  SecretsWatcherEvents,
  SecretsWatcherListener,
  SecretsWatcherState,
  WatcherDisposal,
} from "./secrets-watcher.ts";
export { type VerifyWebhookOptions, verifyWebhook } from "./verify-webhook.ts";
export { type WatchableClient, type WatchSecretsOptions, watchSecrets } from "./watch-secrets.ts";
export type { WebhookEvent, WebhookPayload, WebhookProject } from "./webhook-payload.ts";
