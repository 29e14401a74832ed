import c from "./lib/c";
const d = await import("../d");
import { a } from "./lib/a.js";
import b from "./lib";

a(b);
