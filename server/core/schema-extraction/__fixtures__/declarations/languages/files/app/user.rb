class User < ApplicationRecord
  def name
  end
end
