import { Mutation, Query, Resolver } from "@nestjs/graphql";

@Resolver(() => Cat)
export class CatsResolver {
  @Query(() => [Cat])
  cats() {}

  @Mutation(() => Cat)
  addCat() {}
}
