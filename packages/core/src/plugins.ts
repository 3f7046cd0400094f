import type { Plugin, PluginContext } from "./contracts/plugin.ts";
import { optionError, readOption } from "./errors/option-error.ts";

/** Names that a client has of its own, or that would make it something else (`then` a promise). */
const reserved: readonly string[] = [
  "auth",
  "request",
  "close",
  "then",
  "toJSON",
  ...Object.getOwnPropertyNames(Object.prototype),
];

/** Builds every plugin's API once and returns the accessors. */
export function setUpPlugins(
  plugins: readonly Plugin[],
  context: PluginContext,
): Record<string, () => unknown> {
  const accessors: Record<string, () => unknown> = {};
  for (const [index, plugin] of plugins.entries()) {
    const option = `plugins[${index}]`;
    const name = readOption(option, () => parsePlugin(option, plugin));
    if (Object.hasOwn(accessors, name))
      throw optionError(`${option}.name`, "must differ from the other plugins'", name);
    const api: unknown = plugin.setup(context);
    if (api instanceof Promise) {
      api.catch(() => undefined);
      throw optionError(`${option}.setup`, "must return the API itself, not a promise");
    }
    accessors[name] = () => api;
  }
  return accessors;
}

function parsePlugin(option: string, plugin: unknown): string {
  const { name, setup } = Object(plugin) as Partial<Plugin>;
  if (typeof name !== "string" || name === "" || typeof setup !== "function") {
    throw optionError(option, "must be a plugin, for example definePlugin(...)", plugin);
  }
  if (reserved.includes(name)) throw optionError(`${option}.name`, "is a name that every client has", name);
  return name;
}
