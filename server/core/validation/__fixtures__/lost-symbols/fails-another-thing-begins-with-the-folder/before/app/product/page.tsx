import { Prose } from "../prose.tsx";

export default async function ProductPage({ handle }: { handle: string }) {
  return <Prose html={await load(handle)} />;
}

async function Related({ handle }: { handle: string }) {
  return <Prose html={await load(`${handle}/related`)} />;
}

export async function load(handle: string): Promise<string> {
  return (await fetch(`/products/${handle}`)).text();
}
