"""The tuned way to serve the app: compressed static files, security headers, health, a warm start."""
