{% if cookiecutter.a == 'y' %}
import a
{% endif %}
