import x from "./nowhere";
