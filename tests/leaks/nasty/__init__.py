"""Files as they are posted: each with what is wrong in its name, and what is read of it."""
