"""Who may do what: agents, roles, permissions, principals and the audit trail."""
