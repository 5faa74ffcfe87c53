"""The files that stories link to, such as reports and tables: which may be published, and what each is."""
