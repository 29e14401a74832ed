import type { EntityFact } from "../extract-file-facts.ts";

/** Base classes that a family's libraries have, by the last part of their name. */
const libraryBases: Partial<Record<EntityFact["family"], RegExp>> = {
  pydantic: /^(?:BaseModel|BaseSettings|RootModel|GenericModel|SQLModel|CamelModel|OrmModel)$/,
  django:
    /^(?:Model|MPTTModel|TimeStampedModel|AbstractUser|AbstractBaseUser|Page|ClusterableModel|Orderable|PolymorphicModel|MP_Node|AL_Node|NS_Node)$/,
  sqlalchemy:
    /(?:^|[a-z])(?:Base|Model)(?:Class)?$|^(?:DeclarativeBase\w*|MappedAsDataclass|UUIDAuditBase|BigIntAuditBase)$/,
};

/** Whether a base class that no file of the project declares makes its heirs entities. */
export function isLibraryBase({ family, name }: { family: EntityFact["family"]; name: string }): boolean {
  return libraryBases[family]?.test(name) ?? false;
}
