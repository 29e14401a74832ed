const price = `$& $1 $$ ${price}`;
