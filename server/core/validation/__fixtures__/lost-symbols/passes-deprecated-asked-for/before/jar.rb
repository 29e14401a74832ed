class Jar
  def key(value)
    @options.key(value)
  end

  def index(value)
    warn "Jar#index is deprecated; use Jar#key"
    key(value)
  end
end
