"""HTML becomes pages: everything that knows WeasyPrint."""
