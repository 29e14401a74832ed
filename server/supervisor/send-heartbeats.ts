import { heartbeat, heartbeatIntervalMs } from "./heartbeat.ts";

/** Preloaded into each process of ours. Only a main thread that is not blocked sends these. */
const send = () => {
  if (process.connected) process.send?.(heartbeat, undefined, undefined, () => undefined);
};
send();
setInterval(send, heartbeatIntervalMs).unref();
