const s = "a b";
done();
