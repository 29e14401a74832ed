package org.clinic;

import jakarta.persistence.*;
import jakarta.validation.constraints.NotBlank;
import java.util.*;

@Entity
@Table(name = "owners")
public class Owner extends BaseEntity {

  public enum Kind { PRIVATE, FIRM }

  @Column(name = "address", length = 80, nullable = false, unique = true)
  @NotBlank
  private String address;

  private LocalDate since = LocalDate.now();
  private int visits;

  @OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER)
  @JoinColumn(name = "owner_id")
  private final List<Pet> pets = new ArrayList<>();

  @ManyToOne
  private City city;

  public String getAddress() { return address; }
}

@Embeddable
class Phone {
  String number;
}

class Plain {
  String name;
}
