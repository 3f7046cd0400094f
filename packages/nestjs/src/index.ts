export { type GetNestjsOptions, type Nestjs, type NestjsApi, type NestjsPlugin, nestjs } from "./nestjs.ts";
