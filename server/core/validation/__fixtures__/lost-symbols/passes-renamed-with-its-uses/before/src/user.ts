export function createUser(name: string) {
  return { name };
}
