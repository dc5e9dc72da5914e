"""The register's pages: files and search, one person, facilities."""
