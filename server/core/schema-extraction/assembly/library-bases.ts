import type { EntityFact } from "../extract-file-facts.ts";

/** Base classes from a family's libraries, by the last part of their name. */
const libraryBases: Partial<Record<EntityFact["family"], RegExp>> = {
  pydantic: /^(?:BaseModel|BaseSettings|RootModel|GenericModel|SQLModel|CamelModel|OrmModel)$/,
  django:
    /^(?:Model|MPTTModel|TimeStampedModel|AbstractUser|AbstractBaseUser|Page|ClusterableModel|Orderable|PolymorphicModel|MP_Node|AL_Node|NS_Node|Base(?:Site|Generic)Setting|Abstract(?:Email)?Form|AbstractFormField|(?:Generic)?TaggedItemBase)$/,
  sqlalchemy:
    /(?:^|[a-z])(?:Base|Model)(?:Class)?$|^(?:DeclarativeBase\w*|MappedAsDataclass|UUIDAuditBase|BigIntAuditBase)$/,
};

/** Whether a base class that no project file declares makes its subclasses entities. */
export function isLibraryBase({ family, name }: { family: EntityFact["family"]; name: string }): boolean {
  return libraryBases[family]?.test(name) ?? false;
}
