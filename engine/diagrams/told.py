"""The properties by which a diagram names what is sent to the customer's phone, each the key of a notice."""

from __future__ import annotations

SMS = "sms"
"""On an event that the flow comes to: the notice that is then sent."""

REJECTED = "smsRejected"
"""On a desk: sent when it rejects for correction. A final reason leads to an end, which tells for itself."""

BOOKED, CHANGED = "smsBooked", "smsChanged"
CANCELLED, MISSED, REMINDER = "smsCancelled", "smsMissed", "smsReminder"
ON_BOOKINGS = (BOOKED, CHANGED, CANCELLED, MISSED, REMINDER)
"""On the step that books: sent when a half day is booked, exchanged for another, given back, or gone by unused, and
before it begins."""

ON_STEPS = (REJECTED, *ON_BOOKINGS)
