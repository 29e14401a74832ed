export interface Entity {
  id: string;
  createdAt: Date;
}

interface Hidden {
  secret: string;
}

export interface Account extends Entity, Hidden {
  email?: string;
}
