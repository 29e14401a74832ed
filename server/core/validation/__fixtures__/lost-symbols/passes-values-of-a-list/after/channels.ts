const channels = ["run_event", "run_cancel", "check_cancel"] as const;
export type Channel = (typeof channels)[number];

export const listen = () => channels.map((channel) => `LISTEN ${channel}`);
