const s = "a b";
end();
