"""The demo office: invented people and companies of one region, made through the services that the pages use."""
