import { heartbeat, heartbeatIntervalMs } from "./heartbeat.ts";

/** Preloaded into each supervised process. A blocked main thread sends no heartbeats. */
const send = () => {
  if (process.connected) process.send?.(heartbeat, undefined, undefined, () => undefined);
};
send();
setInterval(send, heartbeatIntervalMs).unref();
