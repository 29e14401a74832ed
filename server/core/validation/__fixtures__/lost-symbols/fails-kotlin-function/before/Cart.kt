class Cart {
    fun add(price: Int) {
        total += price
    }

    fun clear() {
        total = 0
    }
}
