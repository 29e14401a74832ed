const all = [
  ...items,
  ...rest,
];
function f(...args: number[]) {}
