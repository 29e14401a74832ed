import { ItemService } from "./client";

export function ItemPart() {
  const items = ItemService.readItems(1);
  return items;
}
