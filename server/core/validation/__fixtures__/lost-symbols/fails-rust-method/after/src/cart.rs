pub struct Cart {
    total: u32,
}

impl Cart {
    pub fn add(&mut self, price: u32) {
        self.total += price * 2;
    }

}

pub fn open() -> Cart {
    Cart { total: 0 }
}
