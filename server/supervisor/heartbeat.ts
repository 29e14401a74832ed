/** What a process sends to its supervisor, over its IPC channel. */
export const heartbeat = "alive";

export const heartbeatIntervalMs = 1_000;
