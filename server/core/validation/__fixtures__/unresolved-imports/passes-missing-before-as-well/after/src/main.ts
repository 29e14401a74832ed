import x from "./nowhere";

x();
