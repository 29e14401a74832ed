/** Groups of entries that an import skips by default. */
export const leaveOutGroups = ["desktop", "version-control", "dependencies", "build"] as const;
export type LeaveOutGroup = (typeof leaveOutGroups)[number];
