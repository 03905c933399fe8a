"""Who may do what: users, roles, passwords, sessions, the permission table and the trail of what was asked."""
