const limit = 3;
export function a() {
  const inner = () => limit;
  return inner();
}
