"""What somebody who keeps the book of approvals must know beside its rows."""
