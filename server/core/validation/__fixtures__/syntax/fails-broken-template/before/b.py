{% if a %}
import one
{% endif %}

name = "{{ name }}"


def f():
    return {{ value }}
