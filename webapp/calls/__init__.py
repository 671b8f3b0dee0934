"""The call of a verifier and a customer: what their two pages say to each other on the way to a picture."""
