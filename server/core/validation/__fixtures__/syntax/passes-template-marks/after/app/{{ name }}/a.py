{% if y %}
x = {{ y }}
{% endif %}
