import { Body, Controller, Delete, Get, Param, Post, UseGuards } from "@nestjs/common";

@Controller("cats")
export class CatsController {
  constructor(private readonly cats: CatsService) {}

  @Get()
  list() {
    return [];
  }

  @UseGuards(AuthGuard)
  @Get(":id")
  get(@Param("id") id: string) {
    return id;
  }

  @Post(["", "new"])
  async create(@Body() body: CreateCat) {}

  helper() {}
}

@Controller({ path: "dogs", version: "2" })
class Dogs {
  @Delete("/:id")
  remove() {}
}
