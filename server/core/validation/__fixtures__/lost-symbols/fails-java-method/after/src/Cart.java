package shop;

public class Cart {
    private int total;

    public void add(int price) {
        total += Math.max(0, price);
    }

    public int total() {
        return total;
    }

}
