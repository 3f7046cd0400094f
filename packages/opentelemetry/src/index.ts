export {
  type GetOpentelemetryOptions,
  type Opentelemetry,
  type OpentelemetryApi,
  type OpentelemetryPlugin,
  opentelemetry,
} from "./opentelemetry.ts";
