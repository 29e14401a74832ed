<?php

namespace Shop;

class Cart
{
    public function add(int $price): void
    {
        $this->total += $price;
    }

    public function clear(): void
    {
        $this->total = 0;
    }
}
