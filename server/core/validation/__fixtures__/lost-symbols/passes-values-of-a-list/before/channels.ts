export type Channel = "run_event" | "run_cancel";

const channels: readonly Channel[] = ["run_event", "run_cancel"];

export const listen = () => channels.map((channel) => `LISTEN ${channel}`);
