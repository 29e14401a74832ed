export function ItemList() {
  return useItems("items");
}
