export function detectList(text: string): boolean {
  return text.startsWith("-");
}
