export function registerUser(name: string) {
  return { name };
}
