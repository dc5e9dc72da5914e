"""What a person hands in and asks about the register, a page a file."""
