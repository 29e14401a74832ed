import { Column, CreateDateColumn, Entity, Index, ManyToMany, ManyToOne, OneToMany, PrimaryGeneratedColumn } from "typeorm";
import { Post } from "./post.entity";

export abstract class Base {
  @PrimaryGeneratedColumn("uuid")
  id: string;

  @CreateDateColumn()
  createdAt: Date;
}

@Entity("users")
@Index(["firstName", "email"], { unique: true })
export class User extends Base {
  @Column({ length: 80 })
  firstName: string;

  @Column({ type: "varchar", length: 120, unique: true, nullable: true })
  email: string | null;

  @Column({ default: true })
  isActive: boolean;

  @OneToMany(() => Post, (post) => post.author)
  posts: Post[];

  secret: string;
}
