{% if a %}
import one
import two
{% endif %}

name = "{{ name }}"


def f():
    return {{ value }}
