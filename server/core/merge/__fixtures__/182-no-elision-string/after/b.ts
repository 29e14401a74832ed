const label = "... existing code ...";
