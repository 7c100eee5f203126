"""Finished PDFs: on sheets, for print shops, looked over, published, and held against their source."""
