"""What people do: each act is one function that checks who may, appends one fact, and says what it wrote."""
