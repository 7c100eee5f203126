"""Finished PDFs: on sheets, for print shops, looked over, published, verified."""
