// Returns the remaining items
export const merge = (...rest: Item[]) => ({
  ...defaults,
  ...rest,
}); // ... existing code ...
export const note = "// ... rest of the code unchanged";
