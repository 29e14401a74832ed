class Jar
  def key(value)
    @options.key(value)
  end
end
