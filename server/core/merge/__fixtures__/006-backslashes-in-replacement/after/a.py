p = r"C:\new\table"
