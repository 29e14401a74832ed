package org.clinic;

import jakarta.persistence.*;

@MappedSuperclass
public abstract class BaseEntity {
  private static final long serialVersionUID = 1L;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Integer id;

  @Transient
  private boolean fresh;
}
