namespace Shop;

public class Cart
{
    public int Total { get; private set; }
    public string Owner { get; set; }

    public void Add(int price)
    {
        Total += price;
    }
}

public enum State { Open, Paid }
