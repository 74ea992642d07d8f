# Webbplatsens egna ord. En nyckel här ersätter temats.
feed = Följ nya guider
