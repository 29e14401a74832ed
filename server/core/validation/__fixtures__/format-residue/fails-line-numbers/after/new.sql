     1→create table a (b int);
     2→select 1;
