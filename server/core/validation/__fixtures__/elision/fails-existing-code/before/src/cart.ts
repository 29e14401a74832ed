export function total(items: Item[]): number {
  return items.reduce((sum, item) => sum + item.price, 0);
}

export function discount(items: Item[]): number {
  return total(items) > 100 ? 0.1 : 0;
}
