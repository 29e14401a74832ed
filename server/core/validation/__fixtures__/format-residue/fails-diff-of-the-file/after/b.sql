@@ -1,2 +1,2 @@
 select 1;
-select 2;
+select 3;
