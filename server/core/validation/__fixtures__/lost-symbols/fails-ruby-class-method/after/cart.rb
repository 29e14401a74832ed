module Shop
  class Cart
    def add(price)
      @total += price.to_i
    end

  end
end
