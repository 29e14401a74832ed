import { useState } from "react";
import { x } from "@/lib/nowhere";
import logo from "./logo.svg?url";
import { client } from "./generated/client";
import all from ".";
import { a } from "./lib/a.js";
import b from "./lib";

a(b);
