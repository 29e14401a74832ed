import { a } from "./lib/a.js";
import b from "./lib";

a(b);
