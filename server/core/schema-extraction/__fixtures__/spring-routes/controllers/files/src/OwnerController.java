package org.clinic;

import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/owners/{ownerId}")
class OwnerController {
  @GetMapping("/edit")
  public String edit(@PathVariable int ownerId) { return ""; }

  @PostMapping({ "/new", "/add" })
  public String add() { return ""; }

  @RequestMapping(value = "/old", method = { RequestMethod.GET, RequestMethod.HEAD })
  public String old() { return ""; }

  @DeleteMapping
  public void remove() {}

  private void helper() {}
}

class Service {
  @GetMapping("/no")
  void no() {}
}
