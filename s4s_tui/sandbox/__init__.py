"""The same API on this machine, over real HTTP, with real signed invoices that no wallet can pay by accident."""
