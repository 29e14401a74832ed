export function used(): number {
  return 1;
}

function unused(): number {
  return 2;
}
