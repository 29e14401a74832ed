export { default } from "../screens/about";
