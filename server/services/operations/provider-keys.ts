import type { ModelSetKeyInput, ProviderName, ProviderOutput } from "#lib/contracts/model.ts";
import type { Container } from "#server/container.ts";

type Providers = { container: Pick<Container, "keyring" | "providers"> };

/** The providers that need a key, and where each one's key comes from. */
export async function listProviders({ container }: Providers): Promise<ProviderOutput[]> {
  const [providers, stored] = await Promise.all([container.providers.listProviders(), container.keyring.read()]);
  return providers.map((provider) => ({
    ...provider,
    storedAt: stored.get(provider.provider)?.storedAt.toISOString() ?? null,
  }));
}

/** Stores an encrypted key. Every process uses it from its next call on. @throws AppError KEY_FILE_UNUSABLE */
export async function setProviderKey({
  container,
  input: { provider, key },
}: Providers & { input: ModelSetKeyInput }): Promise<ProviderOutput[]> {
  await container.keyring.put({ provider, value: key });
  return listProviders({ container });
}

export async function removeProviderKey({
  container,
  provider,
}: Providers & { provider: ProviderName }): Promise<ProviderOutput[]> {
  await container.keyring.remove(provider);
  return listProviders({ container });
}
