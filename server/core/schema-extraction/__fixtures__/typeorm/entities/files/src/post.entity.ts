import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import { User } from "./user.entity";

@Entity()
export class Post {
  @PrimaryColumn()
  slug: string;

  @PrimaryColumn()
  lang: string;

  @Column("text")
  body?: string;

  @ManyToOne((type) => User, (user) => user.posts)
  @JoinColumn()
  author: User;
}
