"""What every room may use: findings, folders, locks, limits. It knows no other room."""
