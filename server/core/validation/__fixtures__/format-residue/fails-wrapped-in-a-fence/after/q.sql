~~~
select 2;
~~~
