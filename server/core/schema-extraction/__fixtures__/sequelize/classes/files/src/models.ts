import { DataTypes, Model } from "sequelize";
import { BelongsTo, Column, DataType, ForeignKey, HasMany, Model as Base, PrimaryKey, Table } from "sequelize-typescript";
import { sequelize } from "./database";

export class Order extends Model {
  declare id: number;
}

Order.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    total: { type: DataTypes.DECIMAL(10, 2), allowNull: false, defaultValue: 0 },
    customerId: { type: DataTypes.INTEGER, references: { model: Customer, key: "id" } },
  },
  { sequelize, modelName: "Order" },
);
Order.belongsTo(Customer, { foreignKey: "customerId" });

@Table({ tableName: "customers" })
export class Customer extends Model<Customer> {
  @PrimaryKey
  @Column(DataType.INTEGER)
  id!: number;

  @Column({ type: DataType.STRING(80), allowNull: false, unique: true })
  name!: string;

  @Column
  note?: string | null;

  @ForeignKey(() => Region)
  @Column
  regionId!: number;

  @BelongsTo(() => Region)
  region!: Region;

  @HasMany(() => Order)
  orders!: Order[];
}

thing.init({ a: 1 }, { b: 2 });
