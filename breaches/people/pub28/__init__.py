"""United States addresses by USPS Publication 28, Postal Addressing Standards."""
