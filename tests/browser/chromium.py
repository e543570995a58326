"""The machine's own Chromium and how it is started; nothing is downloaded."""

import shutil

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
NO_CHROMIUM = "No Chromium here: `apt install chromium` has it."
