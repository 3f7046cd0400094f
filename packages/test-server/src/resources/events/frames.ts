import type { ImportPayload, SecretEvent, SecretPayload } from "./secret-events.ts";

/** Which servers a stream is like: older ones say less before a frame, and name the event in another field. */
export type StreamGeneration = "current" | "older";

/** What keeps a stream alive. That of older servers is not a frame, and the next line follows it without a break. */
export const heartbeats: Readonly<Record<StreamGeneration, string>> = {
  current: "event: ping\n\n",
  older: "1",
};

/** The frame of an event. It is named after the type of the project, and never has a value. */
export function eventFrame(
  generation: StreamGeneration,
  { event, project }: Pick<SecretEvent, "event" | "project">,
  payload: SecretPayload | readonly SecretPayload[] | ImportPayload,
  time: string,
): string {
  const name = generation === "current" ? { event } : { eventType: event };
  const data = {
    datacontenttype: "application/json",
    type: project.type,
    source: "infisical",
    time,
    data: { specversion: 1, ...name, payload },
  };
  return `id: ${time}\nevent: ${project.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The last frame of a stream whose token or permission has ended. */
export function errorFrame(name: string, message: string): string {
  return `event: error\ndata: ${JSON.stringify({ type: "error", data: { name, message } })}\n\n`;
}
