export class Cart {
  add(item: Item) {
    this.items.push(item);
  }

  clear() {
    this.items = [];
  }

  #count() {
    return 0;
  }
}

export const total = (cart: Cart) => 0;
export type Item = { price: number };
