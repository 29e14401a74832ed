// Keep the previous value until the request ends.
const rest = items.slice(1); // the rest of the items
