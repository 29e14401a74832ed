const one = 1;
exports.two = 2;
module.exports.three = 3;
module.exports = { one, four: 4 };
