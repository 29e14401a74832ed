namespace Shop;

public class Cart
{
    public int Total { get; private set; }

    public void Add(int price)
    {
        Total += price * 2;
    }
}

public enum State { Open, Paid }
