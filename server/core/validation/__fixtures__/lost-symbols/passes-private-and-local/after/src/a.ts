export function a() {
  return 3;
}
