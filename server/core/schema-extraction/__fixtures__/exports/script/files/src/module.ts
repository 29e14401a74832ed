export const a = 1, b = 2;
export function run(): void {}
export async function* stream() {}
export abstract class Store {}
export interface Shape { x: number }
export type Alias = string;
export enum Mode { On }
export default class Main {}
const hidden = 1;
function local() {}
export { local, hidden as shown };
export type { Page } from "./page";
export * from "./all";
export * as names from "./names";
export declare const declared: string;
