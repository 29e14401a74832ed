class Shop
  def open
    if ready
      unlock
    end
    end
    end
end
