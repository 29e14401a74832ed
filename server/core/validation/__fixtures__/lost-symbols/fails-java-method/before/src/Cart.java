package shop;

public class Cart {
    private int total;

    public void add(int price) {
        total += price;
    }

    public int total() {
        return total;
    }

    public void clear() {
        total = 0;
    }
}
