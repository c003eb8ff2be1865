"""What stands on whatever nobody has signed: no other words may look like it, or a proof would take them for it."""

from __future__ import annotations

DRAFT = "BẢN NHÁP, CHƯA DUYỆT"
"""On every page of what is not approved."""
TRIAL = "BẢN IN THỬ, CHƯA PHÁT"
"""On paper of a place that nobody has signed for, or that has no address yet."""
UNSIGNED = "BẢN THỬ: CHƯA AI KÝ NƠI GIÚP, SỐ MÁY"
"""Of what is shown or heard, where paper says `TRIAL`."""
