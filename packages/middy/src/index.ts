export { type GetMiddyOptions, type Middy, type MiddyApi, type MiddyPlugin, middy } from "./middy.ts";
