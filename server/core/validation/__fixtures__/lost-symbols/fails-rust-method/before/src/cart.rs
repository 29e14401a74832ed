pub struct Cart {
    total: u32,
}

impl Cart {
    pub fn add(&mut self, price: u32) {
        self.total += price;
    }

    pub fn clear(&mut self) {
        self.total = 0;
    }
}

pub fn open() -> Cart {
    Cart { total: 0 }
}
