import { open } from "yauzl";

open("b.zip");
