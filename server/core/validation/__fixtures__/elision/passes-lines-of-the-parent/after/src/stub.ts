export function later() {
  start();
    // ...
}
