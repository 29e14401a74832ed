/** Words that name nothing themselves: they connect names, or describe what every project has. */
export const neutralWords: ReadonlySet<string> = new Set(
  `
  a an the this that these those its it they them their his her he she him my your our own i we us me you one two three four five both
  each every any all some other others another more most only single many several multiple various lots numerous few different
  and or nor but also plus with without of to in into on onto at by from for as per via through between among within about like such
  than then so etc eg ie is are be being been was were am do does has have having had can could should must may might will would shall
  who which whose where when while whether if not no either exactly least up

  contain contains containing include includes including included comprise consists consist consisting own owns owning hold holds
  belong belongs belonging belongto relate relates related link links linked connect connects connected connecting reference references
  referencing refer refers associated attached assigned assign tied part placed posted submitted filed grouped managed issued written
  authored owned created made reviewed reported organized organised hosted led taught booked borrowed ordered uploaded sent published
  relation relations relationship relationships foreign key fk primary pk pointing points

  borrow borrows rent rents hire hires lease leases order orders buy buys purchase purchases book books reserve reserves attend attends
  enrol enrols enroll enrolls register registers apply applies join joins subscribe subscribes follow follows take takes like likes place
  places visit visits watch watches request requests create creates write writes post posts publish publishes upload uploads add adds
  make makes give gives get gets keep keeps track tracks manage manages store stores record records organize organise log logs plan plans
  handle handles sell sells teach teaches let lets need needs want wants using use uses used called named known given signs sign

  build building built generate design develop scaffold set setup start please help creating adding managing tracking storing recording
  organizing organising handling keeping selling renting planning scheduling writing posting publishing listing collecting collect
  provide support supports d ll m s t ve re lastly finally additionally following below above here there first second hey hi hello thanks thank thx cheers pls ty nice bonus open opens adopt adopts

  app apps application applications api apis backend frontend fullstack full stack codebase database db mvp platform portal program
  project prototype repo server service services site website web webapp software solution system tool tracker microservice manager
  management online simple small basic little new complete minimal modest personal production ready proper

  rest restful crud http json endpoint endpoints route routes router routers fastapi python sqlalchemy pydantic postgres postgresql
  alembic next nextjs js prisma typescript ts react zod docker dockerfile compose readme docs documentation openapi swagger test tests
  testing pytest vitest migration migrations validation validations schema schemas ui page pages screen screens

  entity entities model models table tables resource resources object objects field fields column columns attribute attributes property
  properties data domain section name names value values type types enum option options choice choices list lists array collection
  class interface export struct type record main feature features function functions functionality
  description details detail overview requirements structure

  string str text varchar char integer int bigint number numbers numeric decimal float double money boolean bool flag date datetime time
  timestamp timestamps timestamptz uuid guid email url uri json jsonb markdown long short plain whole
  unique optional optionally nullable null required mandatory default defaults defaulting defaulted auto generated automatically
  increment autoincrement indexed index id ids identifier true false current zero
  `
    .trim()
    .split(/\s+/),
);
