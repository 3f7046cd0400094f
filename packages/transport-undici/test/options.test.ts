import { expect, test } from "vitest";
import { type UndiciTransportOptions, undiciTransport } from "../src/index.ts";

test.each([
  ["dispatcher", "undici"],
  ["dispatcher", {}],
  ["dispatcher", null],
  ["maxResponseSize", 0],
  ["maxResponseSize", 1.5],
  ["maxResponseSize", Number.POSITIVE_INFINITY],
  ["maxResponseSize", "64 MiB"],
])("%s cannot be %j", (option, value) => {
  const create = () => undiciTransport({ [option]: value } as UndiciTransportOptions);
  expect(create).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  expect(create).toThrow(`${option} must be `);
});

test.each([null, "undici", 5, { agent: {} }])("options that are %j are refused", (options) => {
  expect(() => undiciTransport(options as never)).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION" }),
  );
});

test("a response can have 64 MiB by default", () => {
  expect(undiciTransport().maxResponseSize).toBe(67_108_864);
  expect(undiciTransport({ maxResponseSize: 1 }).maxResponseSize).toBe(1);
});
