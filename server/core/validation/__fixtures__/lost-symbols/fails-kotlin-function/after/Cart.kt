class Cart {
    fun add(price: Int) {
        total += price * 2
    }

}
